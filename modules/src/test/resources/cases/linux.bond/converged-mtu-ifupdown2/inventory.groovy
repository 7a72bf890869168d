fabric('one') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@host') {
            bond('bond0', mode: LACP, hash: LAYER3_4, miimon: 100, lacpRate: FAST,
                 members: ['eth1', 'eth2'], mtu: 9000, address: ['10.2.3.4/24', 'fd00:a::4/64'])
            nic('eth3', address: '10.7.0.4/24', mtu: 1400)
        }
    }
}
