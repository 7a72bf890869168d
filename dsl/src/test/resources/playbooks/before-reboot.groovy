playbook('before-reboot', about: 'mistakes that are told before anything is done') {
    int n = numberParameter('n', about: 'x', default: 5, from: 10)
    int m = numberParameter('m', about: 'x', default: 5, to: 4)
    int k = numberParameter('k', about: 'x', from: 3, to: 2)
    String s = textParameter('s', about: 'x', default: 'walll', oneOf: ['wall', 'log'])
    apply(only: ['bnod', 'sysctl'])
    apply(only: 'linux.bond')
    apply(rotatePsk: 'wg0')
    watch('w', from: 'a-gw', to: hosts.first())
    reboot('a-gw', within: -1)
    measure('x', flows: 0, seconds: -3)
    apply(hosts: [])
    verify(hosts: hosts.findAll { it.name() == 'x' })
    waitForHealth(hosts: [], within: 0)
    apply(hosts: null, only: [], rotateKey: [])
    eachHost(among: []) { host -> reboot(host) }
    say "$n $m $k $s"
}
