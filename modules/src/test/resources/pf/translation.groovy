fabric('translation') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: '10.1.0.11/16'); nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('igb0', address: '198.51.100.22/24'); nic('igb1', address: '10.1.0.12/16'); nic('igb2', address: '172.31.255.2/30') }
            vip(10, on: 'igb1', address: '10.1.0.1/16', password: secret('carp/lb'), prefer: 'lb1')
            stateSync(on: 'igb2')
            firewall(policy: DROP, skip: 'lo0') {
                nat(outbound: 'igb0', from: ['10.1.0.0/16', '10.2.0.0/16'])
                nat(outbound: 'igb0', from: '10.3.0.0/16', address: '198.51.100.40')
                nat(outbound: 'igb0', from: ['10.4.0.1', 'fd00:4::/64'])
                redirect(inbound: 'igb0', proto: TCP, port: 443, to: '10.1.0.80', toPort: 8443)
                redirect(inbound: 'igb0', proto: UDP, address: '198.51.100.40', ports: 5000..5063, to: '10.1.0.81')
                redirect(inbound: 'igb0', proto: TCP, address: '2001:db8::9', port: 80, to: 'fd00:1::80')
                allow(inbound: 'igb0', proto: ICMP)
            }
        }
        balance('to-dc2', on: 'lb', inbound: 'igb1', from: '10.1.0.0/16', to: '10.9.0.0/24',
                over: ['10.1.0.2', '10.1.0.3'])
    }
}
