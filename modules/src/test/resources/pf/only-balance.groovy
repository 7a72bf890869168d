fabric('only-balance') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') { nic('em0', address: '10.1.0.11/16') }
        balance('one', on: 'lb1', inbound: 'em0', from: '10.1.0.0/16', to: '10.9.0.0/24', over: '10.1.0.2')
    }
}
