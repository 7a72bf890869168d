fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') {
            bond('lagg0', members: 'igb1', mtu: 9000)
            vlan('lagg0.20', on: 'lagg0', id: 20)
            nic('igb3', mtu: 9000)
            bridge('bridge0', members: ['lagg0.20', 'igb3'], mtu: 9000, stp: true)
        }
    }
}
