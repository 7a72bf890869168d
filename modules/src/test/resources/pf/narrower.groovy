fabric('narrower') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') {
            nic('igb0', address: ['198.51.100.21/24', '198.51.100.30/24', '2001:db8::21/64']); nic('igb1', address: ['10.1.0.11/16', 'fd00:1::11/64'])
            firewall(policy: DROP) {
                redirect(inbound: 'igb0', proto: TCP, ports: 8000..8100, to: '10.1.0.80')
                redirect(inbound: 'igb0', proto: TCP, address: '198.51.100.30', ports: 8000..8100, to: '10.1.0.81')
                redirect(inbound: 'igb0', proto: TCP, address: '198.51.100.30', port: 8080, to: '10.1.0.82', toPort: 80)
                nat(outbound: 'igb0', from: '10.1.0.0/16')
                nat(outbound: 'igb0', from: '10.1.7.0/24', address: '198.51.100.30')
                nat(outbound: 'igb0', from: 'fd00:1::/64')
                nat(outbound: 'igb0', from: '10.1.7.7', address: '198.51.100.21')
            }
        }
        balance('all', on: 'lb1', inbound: 'igb1', from: ['10.1.0.0/16', 'fd00:1::/64'], to: ['0.0.0.0/0', '::/0'], over: ['10.1.0.2', '10.1.0.3', 'fd00:1::2'])
        balance('private', on: 'lb1', inbound: 'igb1', from: '10.1.0.0/16', to: ['10.0.0.0/8', '172.16.0.0/12'], over: '10.1.0.4')
        balance('one', on: 'lb1', inbound: 'igb1', from: ['10.1.7.0/24', 'fd00:1::/64'], to: ['10.9.0.0/16', 'fd00:9::/48'], over: ['10.1.0.5', 'fd00:1::5'])
        balance('servers', on: 'lb1', inbound: 'igb1', from: '10.1.7.0/24', to: '10.9.1.0/24', over: '10.1.0.6')
    }
}
