fabric('lb') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') {
            nic('igb0', address: '198.51.100.21/24')
            nic('igb1', address: '10.1.0.11/16')
            firewall(ruleset: ANCHOR) {
                table('friends', addresses: ['203.0.113.7', '203.0.113.64/26'])
                allow(inbound: 'igb0', from: '<friends>')
                nat(outbound: 'igb0', from: '10.1.0.0/16')
            }
        }
        balance('to-dc2', on: 'lb1', inbound: 'igb1', from: '10.1.0.0/16', to: '10.9.0.0/24', over: ['10.1.0.2', '10.1.0.3'])
    }
}
