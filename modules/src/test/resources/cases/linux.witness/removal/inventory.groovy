fabric('lb') {
    site('dc1') {
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'lb1.example') { nic('eth1', address: ['10.1.0.11/16', 'fd00:1::11/64']) }
            host('lb2', ssh: 'lb2.example') { nic('eth1', address: ['10.1.0.12/16', 'fd00:1::12/64']) }
            vip(10, on: 'eth1', address: ['10.1.0.1/16', 'fd00:1::1/64'], prefer: 'lb1')
        }
    }
    site('dc2') { host('w', os: LINUX, ssh: 'w.example') { nic('eth1', address: '192.0.2.77/24') } }
}
