fabric('anchor') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24'); nic('igb1.100', address: ['10.1.0.11/16', 'fd00:1::11/64']); nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('igb0', address: '198.51.100.22/24'); nic('igb1.100', address: ['10.1.0.12/16', 'fd00:1::12/64']); nic('igb2', address: '172.31.255.2/30') }
            vip(10, on: 'igb1.100', address: ['10.1.0.1/16', 'fd00:1::1/64'], password: secret('carp/lb'), prefer: 'lb1')
            stateSync(on: 'igb2')
            firewall(ruleset: ANCHOR) {
                table('friends', addresses: ['203.0.113.7', '203.0.113.64/26', '2001:db8:7::/48'])
                nat(outbound: 'igb0', from: ['10.1.0.0/16', 'fd00:1::/64'])
                redirect(inbound: 'igb0', proto: TCP, port: 443, to: '10.1.0.80', toPort: 8443)
                block(inbound: 'igb0', proto: TCP, port: 25)
                allow(inbound: 'igb0', proto: TCP, from: '<friends>', ports: 8000..8010)
                block(outbound: 'igb0', to: ['10.0.0.0/8', 'fc00::/7'])
            }
        }
        balance('both', on: 'lb', inbound: 'igb1.100', from: ['10.1.0.0/16', 'fd00:1::/64'], to: ['10.9.0.0/24', 'fd00:9::/64'],
                over: ['10.1.0.2', '10.1.0.3', 'fd00:1::2', 'fd00:1::3'], weights: ['10.1.0.3': 2], sticky: true)
    }
}
