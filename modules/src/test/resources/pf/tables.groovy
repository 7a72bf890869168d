fabric('tables') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: '10.1.0.11/16'); nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('igb0', address: '198.51.100.22/24'); nic('igb1', address: '10.1.0.12/16'); nic('igb2', address: '172.31.255.2/30') }
            vip(10, on: 'igb1', address: '10.1.0.1/16', password: secret('carp/lb'), prefer: 'lb1')
            stateSync(on: 'igb2')
            firewall(policy: DROP, skip: 'lo0') {
                table('friends', addresses: ['203.0.113.7', '203.0.113.64/26', '2001:db8:7::/48', '2001:db8::7'])
                table('later', addresses: [])
                allow(inbound: 'igb0', from: '<friends>')
                allow(inbound: 'igb0', proto: TCP, from: ['<friends>', '<later>'], port: 22)
                allow(inbound: 'igb0', proto: ICMP, from: '<later>')
                allow(inbound: 'igb1', from: ['<friends>', '10.1.0.0/16'], to: '<later>')
            }
        }
    }
}
