fabric('publish') {
    site('edge', lan: ['10.1.0.0/16']) {
        host('gw', os: LINUX, ssh: 'gw.example') {
            nic('eth0', address: ['203.0.113.9/24', '2001:db8::9/64']); nic('eth1', address: '10.1.0.1/16')
            firewall(policy: DROP) {
                block(inbound: 'eth0', proto: TCP, from: '198.51.100.66', to: '203.0.113.9', ports: 8080..8082)
                redirect(inbound: 'eth0', proto: TCP, ports: 8080..8090, to: '10.1.0.80')
            }
        }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'web-ch.example') }
    site('de') { host('web-de', os: LINUX, ssh: 'web-de.example') }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9', keepalive: 25) {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('web-de', address: '10.0.0.3/24')
    }
    publish('web', on: 'gw', address: ['203.0.113.9', '2001:db8::9'], tcp: [443, 8080..8085], udp: 6000..6010, to: ['web-de', 'web-ch'])
}
