fabric('anywhere') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: ['10.1.0.11/16', 'fd00:1::11/64']); nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('igb0', address: '198.51.100.22/24'); nic('igb1', address: ['10.1.0.12/16', 'fd00:1::12/64']); nic('igb2', address: '172.31.255.2/30') }
            vip(10, on: 'igb1', address: ['10.1.0.1/16', 'fd00:1::1/64'], password: secret('carp/lb'), prefer: 'lb1')
            stateSync(on: 'igb2')
        }
        balance('out', on: 'lb', inbound: 'igb1', from: ['10.1.0.0/16', 'fd00:1::/64'], to: ['0.0.0.0/0', '::/0', '10.9.0.0/24'],
                over: ['10.1.0.2', '10.1.0.3', 'fd00:1::2', 'fd00:1::3'])
    }
}
