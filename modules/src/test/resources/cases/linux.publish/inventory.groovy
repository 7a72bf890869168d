// A hub's host publishes a service that two spokes have: the first one that answers; and another, which all of them have.
fabric('published') {
    site('edge') {
        host('gw', os: LINUX, ssh: 'ops@192.0.2.2') { nic('eth0', address: ['203.0.113.9/24', '2001:db8::9/64']) }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'ops@web-ch.example') }
    site('de') { host('web-de', os: LINUX, ssh: 'ops@web-de.example') }
    site('fr') { host('web-fr', os: LINUX, ssh: 'ops@web-fr.example') }

    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9', keepalive: 25) {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('web-de', address: ['10.0.0.3/24', 'fc00::3/64'])
        spoke('web-fr', address: ['10.0.0.4/24', 'fc00::4/64'])
    }
    publish('web', on: 'gw', address: ['203.0.113.9', '2001:db8::9'], tcp: [443, 80], udp: 443, to: ['web-ch', 'web-de'])
    publish('dns', on: 'gw', address: '203.0.113.9', udp: 53, to: ['web-de', 'web-ch', 'web-fr'], choose: ROUND_ROBIN)
}
