fabric('blocked') {
    site('edge', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('gw', os: FREEBSD, ssh: 'gw.example') {
            nic('em0', address: ['203.0.113.9/24', '203.0.113.10/24', '2001:db8::9/64']); nic('em1', address: ['10.1.0.1/16', 'fd00:1::1/64'])
            firewall(policy: DROP) {
                table('bad', addresses: ['198.51.100.66', '198.51.100.128/25', '2001:db8:bad::/48'])
                table('good', addresses: '198.51.100.129')
                redirect(inbound: 'em0', proto: TCP, port: 8443, to: '10.1.0.80', toPort: 443)
                redirect(inbound: 'em0', proto: UDP, address: '203.0.113.10', ports: 5000..5063, to: '10.1.0.81')
                redirect(inbound: 'em0', proto: TCP, address: '2001:db8::9', port: 25, to: 'fd00:1::25')
                nat(outbound: 'em0', from: ['10.1.0.0/16', '10.2.0.0/16'])
                block(inbound: 'em0', from: '<bad>', to: ['203.0.113.10', '2001:db8::9'])                  // as it was sent
                allow(inbound: 'em0', from: '<good>')
                block(inbound: 'em0', proto: TCP, to: '10.1.0.80', from: '198.51.100.7')                   // as it is sent on
                block(inbound: 'em0', proto: TCP, from: '198.51.100.8', port: 8443)
                block(inbound: 'em0', proto: UDP, ports: 5000..5010, from: '198.51.100.9')
                block(from: '10.1.66.0/24')
                allow(inbound: 'em1', from: '10.1.66.7', to: ['10.9.0.0/24', 'fd00:9::/64'])
                block(inbound: 'em1', proto: TCP, to: ['10.9.0.25', 'fd00:9::25'], port: 25)
                block(outbound: 'em0', proto: TCP, port: 25)
                block(outbound: 'em0', from: ['10.1.67.0/24', '10.2.67.0/24'])
                allow(outbound: 'em0', proto: TCP, from: ['10.1.0.25', '10.3.0.25'], port: 25)
            }
        }
        balance('to-dc2', on: 'gw', inbound: 'em1', from: ['10.1.0.0/16', 'fd00:1::/64'], to: ['10.9.0.0/24', 'fd00:9::/64'],
                over: ['10.1.0.2', '10.1.0.3', 'fd00:1::2', 'fd00:1::3'])
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'web-ch.example') }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9') { spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64']) }
    publish('web', on: 'gw', address: ['203.0.113.9', '203.0.113.10', '2001:db8::9'], tcp: [80, 443], udp: 443, to: 'web-ch')
}
