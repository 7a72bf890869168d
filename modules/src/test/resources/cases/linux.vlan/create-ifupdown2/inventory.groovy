fabric('x') {
    site('a') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            bond('bond0', members: ['eth1', 'eth2'])
            vlan('bond0.10', on: 'bond0', id: 10, address: '10.1.0.1/24')
        }
    }
}
