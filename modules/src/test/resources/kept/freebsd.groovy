fabric('kept') {
    site('edge', lan: '10.5.0.0/16') {
        host('gw', os: FREEBSD, ssh: 'gw.example') { nic('em0', address: ['203.0.113.9/24', '2001:db8:9::9/64']) }
    }
    site('s', lan: '10.6.0.0/16') {
        host('open', os: FREEBSD, ssh: '192.0.2.2') { nic('em0', address: ['192.0.2.2/24', '2001:db8:2::2/64']) }
        host('closed', os: FREEBSD, ssh: 'closed.example') {
            nic('em0', address: '192.0.2.3/24')
            firewall { allow(inbound: 'em0', proto: TCP, port: 22); redirect(inbound: 'wg0', proto: TCP, port: 8080, to: '10.6.0.9') }
        }
        host('lx', os: LINUX, ssh: 'lx.example') { nic('eth0', address: '192.0.2.4/24'); firewall { allow(inbound: 'eth0', proto: TCP, port: 22) } }
    }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9', keepalive: 25) {
        spoke('open', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('closed', address: '10.0.0.3/24', lan: true)
        spoke('lx', address: '10.0.0.4/24')
    }
    publish('web', on: 'gw', address: ['203.0.113.9', '2001:db8:9::9'], tcp: [80, 443], to: ['open', 'closed', 'lx'], masquerade: false)
    publish('dns', on: 'gw', address: '203.0.113.9', udp: 53, to: 'lx', masquerade: false)
    publish('mail', on: 'gw', address: '203.0.113.9', tcp: 25, to: 'open')
}
