fabric('anchor-lists') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') {
            nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: ['10.1.0.11/16', 'fd00:1::11/64'])
            firewall(ruleset: ANCHOR) {
                block(inbound: 'igb1', from: ['10.1.66.0/24', '10.1.67.0/24', 'fd00:1::66'], to: ['10.9.0.0/24', '10.10.0.0/24', 'fd00:9::/64'])
                allow(inbound: 'igb1', proto: TCP, from: '10.1.66.7')
            }
        }
        balance('many', on: 'lb1', inbound: 'igb1', from: ['10.1.0.0/17', '10.1.128.0/17', 'fd00:1::/64'], to: ['10.9.0.0/24', '10.10.0.0/24', 'fd00:9::/64', '::/0'],
                over: ['10.1.0.2', '198.51.100.2', 'fd00:1::2', 'fd00:1::3'])
    }
}
