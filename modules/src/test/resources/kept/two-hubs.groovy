fabric('kept') {
    site('edge', lan: ['203.0.113.0/24', '2001:db8:9::/64']) {
        host('gw', os: LINUX, ssh: 'gw.example') { nic('eth0', address: ['203.0.113.9/24', '2001:db8:9::9/64']) }
        host('other', os: LINUX, ssh: 'other.example') { nic('eth0', address: ['203.0.113.10/24', '2001:db8:9::10/64']) }
    }
    site('s') {
        host('s1', os: LINUX, ssh: 's1.example') { nic('eth0', address: ['192.0.2.2/24', '2001:db8:2::2/64'], defaultGateway: ['192.0.2.1', '2001:db8:2::1']) }
    }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9', keepalive: 25) {
        spoke('s1', address: ['10.0.0.2/24', 'fc00::2/64'])
    }
    hub('wg1', on: 'other', port: 1338, address: ['10.1.0.1/24', 'fc01::1/64'], endpoint: '203.0.113.10', keepalive: 25) {
        spoke('s1', address: ['10.1.0.2/24', 'fc01::2/64'])
    }
    publish('web', on: 'gw', address: ['203.0.113.9', '2001:db8:9::9'], tcp: [80, 443], udp: 53, to: 's1', masquerade: false)
    publish('more', on: 'other', address: ['203.0.113.10', '2001:db8:9::10'], tcp: 80, udp: 53, to: 's1', masquerade: false)
    publish('ever', on: 'gw', address: ['203.0.113.9', '2001:db8:9::9'], tcp: 22, to: 's1')
}
