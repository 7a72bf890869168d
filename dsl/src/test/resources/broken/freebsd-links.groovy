// VLANs and bridges as FreeBSD takes them.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f') {
            nic('em0', address: '192.0.2.1/24')
            vlan('carp', on: 'em0', id: 1)
            vlan('lo1', on: 'em0', id: 2)
            for (n in 3..4) vlan("of-fice_$n", on: 'em0', id: n)
            vlan('bridge0.5', on: 'bridge0', id: 5)
            bridge('bridge0')
            bridge('br1', members: ['pfsync0', 'em1'])
            nic('em2', mtu: 9000)
            bridge('bridge2', members: ['em2', 'em3'])
            bridge('bridge3', members: ['em4', 'em5'], mtu: 1400)
            bridge('bridge4', members: ['em6'], mtu: 9000)
            nic('em7', mtu: 9000)
            bridge('br2')
            bridge('bridge5', members: 'em7', mtu: 9000, address: '10.1.0.1/24')
        }
    }
    site('b', lan: '10.2.0.0/16') {
        pair('p', os: FREEBSD) {
            host('p1', ssh: 'p1'); host('p2', ssh: 'p2')
        }
        host('l', os: LINUX, ssh: 'l') {
            nic('eth0', mtu: 9000)
            bridge('br-one', members: ['eth0', 'eth1'], mtu: 1400)
            vlan('br-one.5', on: 'br-one', id: 5)
        }
    }
}
