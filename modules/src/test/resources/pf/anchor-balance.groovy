fabric('anchor-balance') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: '10.1.0.11/16'); nic('igb3', address: '192.168.0.5/24') }
        balance('to-dc2', on: 'lb1', inbound: 'igb1', from: '10.1.0.0/16', to: ['10.9.0.0/24', '10.10.0.0/16'],
                over: ['10.1.0.2', '192.168.0.1', '192.168.0.2'], weights: ['192.168.0.1': 3], ruleset: ANCHOR)
    }
}
