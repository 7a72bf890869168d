// A pair publishes what is published on a single host elsewhere.
fabric('published') {
    site('edge') {
        pair('fw', os: LINUX) {
            host('gw', ssh: 'ops@192.0.2.2') { nic('eth0', address: ['203.0.113.7/24', '2001:db8::7/64']) }
            host('gw2', ssh: 'ops@192.0.2.3') { nic('eth0', address: ['203.0.113.8/24', '2001:db8::8/64']) }
            vip(20, on: 'eth0', address: ['203.0.113.9/24', '2001:db8::9/64'])
        }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'ops@web-ch.example') }
    site('de') { host('web-de', os: LINUX, ssh: 'ops@web-de.example') }
    site('fr') { host('web-fr', os: LINUX, ssh: 'ops@web-fr.example') }

    hub('wg0', on: 'fw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9', key: secret('wg/fw'), keepalive: 25) {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('web-de', address: ['10.0.0.3/24', 'fc00::3/64'])
        spoke('web-fr', address: ['10.0.0.4/24', 'fc00::4/64'])
    }
    publish('web', on: 'fw', address: ['203.0.113.9', '2001:db8::9'], tcp: [443, 80], udp: 443, to: ['web-ch', 'web-de'])
    publish('dns', on: 'fw', address: '203.0.113.9', udp: 53, to: ['web-de', 'web-ch', 'web-fr'], choose: ROUND_ROBIN)
}
