fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1') { nic('em0', address: '10.1.0.11/16'); nic('em2', address: 'fd00:2::1/64') }
            host('lb2', ssh: 'lb2') { nic('em0', address: '10.1.0.12/16'); nic('em2') }
            vip(0, on: 'em0', address: '10.1.0.1/16', password: secret('carp/lb'), prefer: 'lb1')
            vip(10, on: 'em0', address: '10.2.0.1/16', password: secret('carp/lb'), prefer: 'lb3')
            vip(10, on: 'em0', address: ['10.1.0.3/16', '10.1.0.11/16', 'fd00::1/64'], password: secret('carp lb'), interval: 256)
            vip(12, on: 'em1', address: '10.1.0.4/16', password: secret('carp/lb'))
            vip(13, on: 'em0', address: '10.1.0.3/16', password: secret('c'))
            vip(14, on: 'em0', address: '10.1.0.13/16')
            vip(15, on: 'em0', address: '10.1.0.15/16', password: 'hunter2', prefer: 'lb1')
            stateSync(on: 'em2', maxUpdates: 256)
            stateSync(on: 'em0', defer: true)
            proxyArp(on: 'em2', addresses: ['10.1.0.50', 'fd00::50'])
            proxyArp(on: 'em0', addresses: ['10.1.0.50/32', '192.0.2.1'])
        }
        pair('one', os: FREEBSD) { host('solo', ssh: 'solo') { nic('em0', address: '10.1.0.20/16') } }
        pair('lb1', os: FREEBSD) {
            host('c1', ssh: 'c1') { nic('em0', address: '10.1.0.21/16') }
            host('c2', ssh: 'c2') { nic('em0', address: '10.1.0.22/16') }
        }
    }
}
