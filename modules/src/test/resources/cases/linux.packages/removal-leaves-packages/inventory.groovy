fabric('two') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@host') {
            bond('bond0', mode: LACP, members: ['eth1', 'eth2'], address: '10.2.3.4/24')
        }
    }
    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: LINUX, ssh: 'root@192.0.2.20') { nic('eth1', address: '10.5.6.7/24') }
    }
}
