fabric('x') {
    site('a') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            nic('eth0', address: '192.0.2.1/24')
            vlan('eth0.10', on: 'eth0', id: 10)
            bridge('br0', members: ['eth2', 'eth0.10'], address: '10.1.0.1/24')
        }
    }
}
