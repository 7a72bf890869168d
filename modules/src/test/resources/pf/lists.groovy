fabric('lists') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'ops@198.51.100.21:2222') { nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: ['10.1.0.11/16', 'fd00:1::11/64']); nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'ops@198.51.100.22:2222') { nic('igb0', address: '198.51.100.22/24'); nic('igb1', address: ['10.1.0.12/16', 'fd00:1::12/64']); nic('igb2', address: '172.31.255.2/30') }
            vip(10, on: 'igb1', address: ['10.1.0.1/16', 'fd00:1::1/64'], password: secret('carp/lb'), prefer: 'lb1')
            stateSync(on: 'igb2')
            firewall(limits: [tableEntries: 400_000]) {
                table('friends', addresses: ['203.0.113.7', '203.0.113.64/26', '2001:db8:7::/48'])
                allow(inbound: 'igb0', proto: TCP, from: ['<friends>', '192.0.2.0/25', '192.0.2.200', '2001:db8:8::/48', '2001:db8:9::/48'], port: 2222)
                allow(inbound: 'igb1', from: (1..12).collect { "10.1.${it}.0/24".toString() }, to: (1..10).collect { "10.${100 + it}.0.0/16".toString() })
                block(outbound: 'igb0', to: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'])
                nat(outbound: 'igb0', from: ['10.1.1.0/24', '10.1.2.0/24', '10.1.1.0/24'])
            }
        }
        balance('many', on: 'lb', inbound: 'igb1', from: (1..12).collect { "10.1.${it}.0/24".toString() } + ['fd00:1::/65', 'fd00:1:0:0:8000::/65'],
                to: (1..10).collect { "10.${200 + it}.0.0/16".toString() } + ['fd00:9::/64', 'fd00:a::/64'],
                over: ['10.1.0.2', '10.1.0.3', 'fd00:1::2', 'fd00:1::3'])
    }
}
