fabric('anchor-publish') {
    site('edge', lan: ['10.1.0.0/16']) {
        host('gw', os: FREEBSD, ssh: 'gw.example') {
            nic('em0', address: ['203.0.113.9/24', '2001:db8::9/64']); nic('em1', address: '10.1.0.1/16')
            firewall(ruleset: ANCHOR) {
                table('friends', addresses: '203.0.113.64/26')
                allow(inbound: 'em0', proto: UDP, port: 1337)
                allow(inbound: 'em0', from: '<friends>')
                nat(outbound: 'em0', from: '10.1.0.0/16')
                redirect(inbound: 'em0', proto: TCP, port: 8443, to: '10.1.0.80', toPort: 443)
            }
        }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'web-ch.example') }
    site('de') { host('web-de', os: LINUX, ssh: 'web-de.example') }
    site('nl') { host('dns-nl', os: FREEBSD, ssh: 'dns-nl.example') }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9') {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('web-de', address: '10.0.0.3/24')
    }
    hub('vpn', on: 'gw', port: 1338, address: '10.8.0.1/24', endpoint: '203.0.113.9') { spoke('dns-nl', address: '10.8.0.2/24') }
    publish('web', on: 'gw', address: ['203.0.113.9', '2001:db8::9'], tcp: 443, to: ['web-de', 'web-ch'], choose: ROUND_ROBIN)
    publish('dns', on: 'gw', address: '203.0.113.9', tcp: [53], udp: [53, 5353], to: ['dns-nl', 'web-ch'])
}
