fabric('kept') {
    site('edge', lan: '10.5.0.0/16') {
        host('gw', os: LINUX, ssh: 'root@203.0.113.9') { nic('eth0', address: ['203.0.113.9/24', '2001:db8:9::9/64']) }
    }
    site('s', lan: '10.6.0.0/16') {
        host('web', os: LINUX, ssh: 'root@192.0.2.2') {
            nic('eth0', address: ['192.0.2.2/24', '2001:db8:2::2/64'], defaultGateway: ['192.0.2.1', '2001:db8:2::1'])
        }
    }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9', keepalive: 25) {
        spoke('web', address: ['10.0.0.2/24', 'fc00::2/64'], lan: true)
    }
    publish('web', on: 'gw', address: ['203.0.113.9', '2001:db8:9::9'], tcp: [80, 443], to: 'web')
    publish('dns', on: 'gw', address: '203.0.113.9', tcp: 53, udp: 53, to: 'web')
}
