// A hub has one mtu on all of its hosts; what carries the least of them counts.
fabric('x') {
    site('edge') {
        host('gw', os: LINUX, ssh: 'gw') { nic('eth0', address: ['203.0.113.9/24', '2001:db8::9/64']) }
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'fw1') { nic('em0', address: '203.0.113.2/24', mtu: 1400); nic('em1', address: '172.31.0.1/30', mtu: 9000) }
            host('fw2', ssh: 'fw2') { nic('em0', address: '203.0.113.3/24'); nic('em1', address: '172.31.0.2/30', mtu: 9000) }
            vip(20, on: 'em0', address: '203.0.113.5/24', password: secret('carp'))
        }
    }
    site('far') {
        host('plain', os: LINUX, ssh: 'plain')
        host('dsl', os: FREEBSD, ssh: 'dsl') { nic('tun0', mtu: 1492) }
        host('bonded', os: LINUX, ssh: 'bonded') { bond('bond0', members: ['eno1', 'eno2'], mtu: 1300) }
        host('wide', os: LINUX, ssh: 'wide') { nic('eth0', mtu: 9000) }
    }
    hub('fits', on: 'gw', port: 1, address: '10.0.0.1/24', endpoint: '203.0.113.9', keepalive: 25, mtu: 1432) {
        spoke('plain', address: '10.0.0.2/24'); spoke('dsl', address: '10.0.0.3/24')
    }
    hub('byv6', on: 'gw', port: 2, address: '10.0.1.1/24', endpoint: '2001:db8::9', keepalive: 25, mtu: 1420) {
        spoke('plain', address: '10.0.1.2/24'); spoke('dsl', address: '10.0.1.3/24')
    }
    hub('byname', on: 'gw', port: 3, address: ['10.0.2.1/24', 'fd00:2::1/64'], endpoint: 'gw.example', keepalive: 25) {
        spoke('bonded', address: ['10.0.2.2/24', 'fd00:2::2/64'])
    }
    hub('jumbo', on: 'gw', port: 4, address: '10.0.3.1/24', endpoint: 'gw.example', keepalive: 25, mtu: 8900) { spoke('wide', address: '10.0.3.2/24') }
    hub('paired', on: 'fw', port: 5, address: '10.0.4.1/24', endpoint: '203.0.113.5', key: secret('wg'), keepalive: 25) { spoke('wide', address: '10.0.4.2/24') }
    hub('bad', on: 'gw', port: 6, address: '10.0.5.1/24', endpoint: 'gw.example', keepalive: 25, mtu: 0) { spoke('wide', address: '10.0.5.2/24') }
    tunnel('jumbo1', mtu: 8900, keepalive: 25) { // its own endpoint is on the narrow interface
        end('fw1', port: 7, address: '10.0.6.1/30', endpoint: '203.0.113.2')
        end('wide', port: 7, address: '10.0.6.2/30')
    }
}
