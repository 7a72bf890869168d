// Names of interfaces that would be one name of a file.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            bond('bond0', members: ['eth1', 'eth2'], address: '192.0.2.1/24')
            vlan('bond0.10', on: 'bond0', id: 10)
            vlan('bond0_10', on: 'bond0', id: 11)
            vlan('bond0-address', on: 'bond0', id: 12)
            nic('bond0-eth1')
        }
        host('f', os: FREEBSD, ssh: 'f') { nic('em0.10'); nic('em0_10') }
        pair('p', os: LINUX) {
            host('p1', ssh: 'p1') { nic('eth0'); for (sign in ['.', '_']) vlan("eth0${sign}5", on: 'eth0', id: sign == '.' ? 5 : 6) }
            host('p2', ssh: 'p2') { nic('eth0'); vlan('eth0.5', on: 'eth0', id: 5) }
        }
    }
}
