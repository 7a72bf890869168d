fabric('lb') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') { nic('igb1', address: '10.1.0.11/16') }
        balance('to-dc2', on: 'lb1', inbound: 'igb1', from: '10.1.0.0/16', to: ['10.8.0.0/24', '10.9.0.0/24'],
                over: ['10.1.0.2', '10.1.0.3'], weights: ['10.1.0.3': 2])
    }
}
