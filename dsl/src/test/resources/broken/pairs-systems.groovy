fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        pair('bsd', os: FREEBSD) {
            host('f1', ssh: 'f1') { nic('em1', address: '10.1.0.11/16'); nic('em2', address: '172.31.255.1/30') }
            host('f2', ssh: 'f2') { nic('em1', address: '10.1.0.12/16'); nic('em2', address: '172.31.255.2/30') }
            vip(10, on: 'em1', address: '10.1.0.1/16', interval: 60)
            stateSync(on: 'em2', defer: true, maxUpdates: 100)
        }
        pair('tux', os: LINUX) {
            host('t1', ssh: 't1') { nic('eth1', address: '10.1.0.21/16'); nic('eth2', address: '172.31.254.1/30') }
            host('t2', ssh: 't2') { nic('eth1', address: '10.1.0.22/16'); nic('eth2', address: '172.31.254.2/30') }
            vip(20, on: 'eth1', address: '10.1.0.2/16', password: secret('carp/tux'), interval: 40)
            vip(21, on: 'eth1', address: '10.1.0.3/16', interval: 41)
            stateSync(on: 'eth2', defer: true, maxUpdates: 100)
        }
        pair('group', os: LINUX) {
            host('g1', ssh: 'g1') { nic('eth2', address: 'fd00:2::1/64') }
            host('g2', ssh: 'g2') { nic('eth2', address: 'fd00:2::2/64') }
            stateSync(on: 'eth2', multicast: true)
        }
    }
}
