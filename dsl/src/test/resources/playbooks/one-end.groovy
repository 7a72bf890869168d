playbook('one-end', about: 'a new key at one end of a tunnel, at both, and everywhere') {
    apply(hosts: hosts.first(), rotateKey: tunnels.first())
    apply(hosts: tunnels.first().ends().first().host(), rotateKey: ['wg0', 'wg1'])
    apply(hosts: tunnels.first().ends()*.host(), rotateKey: tunnels.first())
    apply(rotateKey: 'wg0')
    always { apply(hosts: hosts.last(), rotateKey: 'wg0') }
}
