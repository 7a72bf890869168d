fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'lb1.example') {
                nic('eth0', address: '203.0.113.11/24')
                nic('eth1', address: '10.1.0.11/16')
            }
            host('lb2', ssh: 'lb2.example') {
                nic('eth0', address: '203.0.113.12/24')
                nic('eth1', address: '10.1.0.12/16')
            }
            vip(20, on: 'eth0', address: '203.0.113.10/24', prefer: 'lb1')
            vip(21, on: 'eth1', address: '10.1.0.1/16', prefer: 'lb2')
        }
        host('db', os: LINUX, ssh: 'db.example', gateway: 'lb2') { nic('eth0', address: '10.1.0.9/16') }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth1', address: '10.2.0.1/16') }
    }
    hub('wg0', on: 'lb', port: 1337, address: '10.0.0.1/24', endpoint: '203.0.113.10', key: secret('wg/lb'), keepalive: 25) {
        spoke('b-gw', address: '10.0.0.2/24', lan: '10.2.0.0/16')
    }
}
