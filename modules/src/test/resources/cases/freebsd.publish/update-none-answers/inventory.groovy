fabric('single') {
    site('edge') { host('gw', os: FREEBSD, ssh: 'gw.example') { nic('em0', address: '203.0.113.9/24') } }
    site('ch') { host('web-ch', os: LINUX, ssh: 'web-ch.example') }
    site('de') { host('web-de', os: LINUX, ssh: 'web-de.example') }
    hub('wg0', on: 'gw', port: 1337, address: '10.0.0.1/24', endpoint: '203.0.113.9') {
        spoke('web-ch', address: '10.0.0.2/24')
        spoke('web-de', address: '10.0.0.3/24')
    }
    publish('dns', on: 'gw', address: '203.0.113.9', udp: 53, to: ['web-ch', 'web-de'], choose: ROUND_ROBIN, ruleset: ANCHOR)
}
