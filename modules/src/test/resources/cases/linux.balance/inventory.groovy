fabric('balanced') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb', os: LINUX, ssh: 'ops@192.0.2.21') {
            nic('eth0', address: ['198.51.100.21/24', '2001:db8::21/64'])
            nic('eth1', address: ['10.1.0.11/16', 'fd00:1::11/64'])
        }
        balance('to-dc2', on: 'lb', inbound: 'eth1', from: ['10.1.0.0/16', 'fd00:1::/64'], to: ['10.9.0.0/24', 'fd00:9::/64'],
                over: ['10.1.0.2', '10.1.0.3', '198.51.100.5', 'fd00:1::2', 'fd00:1::3'], weights: ['10.1.0.2': 2])
        balance('web', on: 'lb', inbound: 'eth1', from: '10.1.0.0/16', to: '0.0.0.0/0', over: ['198.51.100.5', '198.51.100.6'], sticky: true)
    }
}
