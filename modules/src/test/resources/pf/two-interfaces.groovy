fabric('two-interfaces') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: '10.1.0.11/16'); nic('igb2', address: '172.31.255.1/30'); nic('igb3', address: '192.168.0.5/24') }
            host('lb2', ssh: 'lb2.example') { nic('igb0', address: '198.51.100.22/24'); nic('igb1', address: '10.1.0.12/16'); nic('igb2', address: '172.31.255.2/30'); nic('igb3', address: '192.168.0.6/24') }
            vip(10, on: 'igb1', address: '10.1.0.1/16', password: secret('carp/lb'), prefer: 'lb1')
            stateSync(on: 'igb2')
            firewall(policy: DROP, skip: 'lo0', log: 'igb0') {
                allow(inbound: 'igb0', from: '203.0.113.7')
                allow(inbound: 'igb1', proto: ICMP)
            }
        }
        balance('to-dc2', on: 'lb', inbound: 'igb1', from: '10.1.0.0/16', to: '10.9.0.0/24',
                over: ['10.1.0.2', '192.168.0.1'])
    }
}
