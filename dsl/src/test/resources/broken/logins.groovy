fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'ops@a.example', become: NONE) { nic('eth0', address: '192.0.2.2/24'); nic('eth1', address: '192.0.2.3/24') }
        host('b', os: LINUX, ssh: '192.0.2.2')
        host('behind', os: LINUX, ssh: '192.0.2.2:2222')                   // a is passed through
        host('root', os: LINUX, ssh: 'root@root.example', become: NONE)
        pair('p', os: FREEBSD) {
            host('p1', ssh: 'ops@10.1.0.9') { nic('em0', address: '10.1.0.11/16') }
            host('p2', ssh: '10.1.0.12') { nic('em0', address: '10.1.0.12/16') }
            vip(1, on: 'em0', address: '10.1.0.9/16', password: secret('carp'))
        }
    }
}
