fabric('ipv6') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb0', address: '2001:db8::11/64'); nic('igb1', address: ['10.1.0.11/16', 'fd00:1::11/64']); nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('igb0', address: '2001:db8::12/64'); nic('igb1', address: ['10.1.0.12/16', 'fd00:1::12/64']); nic('igb2', address: '172.31.255.2/30') }
            vip(10, on: 'igb1', address: ['10.1.0.1/16', 'fd00:1::1/64'], password: secret('carp/lb'), prefer: 'lb2')
            firewall(policy: DROP) { allow(inbound: 'igb0', proto: ICMP, from: '2001:db8:7::/48'); allow(inbound: 'igb1', from: 'fd00:1::/64', to: '2001:db8::/32') }
        }
        balance('six', on: 'lb', inbound: 'igb1', from: 'fd00:1::/64', to: 'fd00:9::/64', over: ['fd00:1::2', 'fd00:1::3'])
    }
}
