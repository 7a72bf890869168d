playbook('rolling', abut: 'x') {
    int n = numberParameter('n', about: 'x', default: '3', from: 1)
    verfy(hosts: hosts)
    reboot('a-gx')
    command('a-gw', 'uptime -p')
    command('a-gw', ['uptime -p'], matches: '(')
    drain('wg9')
    eachHost(serial: 0) { host -> reboot(host, within: '3') }
    eachHost { host -> host.foo() }
    new File('x').text
    onFailure { say 5 }
    host('x')
    apply(hosts: a, onlyy: 'x')
}
