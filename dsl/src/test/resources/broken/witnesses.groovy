fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        pair('fw', os: LINUX) {
            host('fw1', ssh: 'fw1') { nic('eth0', address: '192.0.2.2/24'); nic('eth1', address: '10.1.0.11/16') }
            host('fw2', ssh: 'fw2') { nic('eth0', address: '192.0.2.3/24'); nic('eth1', address: '10.1.0.12/16') }
            vip(20, on: 'eth0', address: '192.0.2.1/24')
            vip(21, on: 'eth1', address: '10.1.0.1/16')
            witness('w', address: '198.51.100.9')
            witness('w2', address: '198.51.100.9', on: 'eth2')
            witness('fw1', address: '192.0.2.2', on: 'eth0')
            witness('bsd', address: '10.99.0.7', on: 'eth0')
            witness('w', address: '2001:db8::9', on: 'eth0')
            witness('w', address: '224.0.0.1', on: 'eth0')
            witness('w', address: 'nowhere', on: 'eth0')
        }
        pair('bsds', os: FREEBSD) {
            host('f1', ssh: 'f1') { nic('em1', address: '10.1.0.21/16') }
            host('f2', ssh: 'f2') { nic('em1', address: '10.1.0.22/16') }
            vip(30, on: 'em1', address: '10.1.0.2/16', password: secret('carp/bsds'))
            witness('w', address: '10.1.0.99')
        }
        pair('none', os: LINUX) {
            host('n1', ssh: 'n1') { nic('eth1', address: '10.1.0.31/16') }
            host('n2', ssh: 'n2') { nic('eth1', address: '10.1.0.32/16') }
            witness('w', address: '10.1.0.99')
        }
        host('w', os: LINUX, ssh: 'w') { nic('eth1', address: '10.1.0.99/16') }
        host('bsd', os: FREEBSD, ssh: 'bsd')
    }
    hub('wg0', on: 'fw', port: 1337, address: '10.99.0.1/24', endpoint: '192.0.2.1', key: secret('wg/fw')) {
        spoke('bsd', address: '10.99.0.7/24')
    }
}
