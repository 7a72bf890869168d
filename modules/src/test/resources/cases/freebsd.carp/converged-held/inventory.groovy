fabric('lb') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb1', address: ['10.1.0.11/16', 'fd00:1::11/64']) }
            host('lb2', ssh: 'lb2.example') { nic('igb1', address: ['10.1.0.12/16', 'fd00:1::12/64']) }
            vip(10, on: 'igb1', address: ['10.1.0.1/16', 'fd00:1::1/64'], password: secret('carp/lb'), prefer: 'lb2')
        }
    }
}
