fabric('kept') {
    site('edge') {
        host('gw', os: LINUX, ssh: 'gw') { nic('eth0', address: '203.0.113.9/24') }
    }
    site('spokes') {
        host('anchored', os: FREEBSD, ssh: 'anchored') { nic('em0', address: '192.0.2.2/24'); firewall(ruleset: ANCHOR) { allow(inbound: 'em0') } }
        host('skips', os: FREEBSD, ssh: 'skips') { nic('em0', address: '192.0.2.3/24'); firewall(skip: ['wg0']) { allow(inbound: 'em0') } }
        host('out', os: FREEBSD, ssh: 'out') { nic('em0', address: '192.0.2.4/24', defaultGateway: '192.0.2.1'); firewall(skip: ['em0']) { allow(proto: TCP, port: 443) } }
        host('spreads', os: FREEBSD, ssh: 'spreads') { nic('em0', address: '192.0.2.5/24') }
        balance('far', on: 'spreads', from: '10.0.0.0/24', to: '10.9.0.0/16', over: ['192.0.2.7', '192.0.2.8'], inbound: 'wg0')
        host('plain', os: FREEBSD, ssh: 'plain') { nic('em0', address: '192.0.2.6/24') }
        host('lx', os: LINUX, ssh: 'lx') { nic('eth0', address: '192.0.2.9/24'); sysctl('net.ipv4.conf.wg0.rp_filter', 1) }
    }
    hub('wg0', on: 'gw', port: 1337, address: '10.0.0.1/24', endpoint: '203.0.113.9') {
        spoke('anchored', address: '10.0.0.2/24')
        spoke('skips', address: '10.0.0.3/24')
        spoke('out', address: '10.0.0.4/24')
        spoke('spreads', address: '10.0.0.5/24')
        spoke('plain', address: '10.0.0.6/24')
        spoke('lx', address: '10.0.0.9/24')
        peer('phone', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.0.0.7')
    }
    publish('web', on: 'gw', address: '203.0.113.9', tcp: 80, to: ['lx', 'anchored', 'skips', 'out', 'spreads', 'phone'], masquerade: false)
    publish('dns', on: 'gw', address: '203.0.113.9', udp: 53, to: ['lx', 'plain'], masquerade: false)
    publish('as-ever', on: 'gw', address: '203.0.113.9', tcp: 81, to: ['anchored', 'skips'])
}
