fabric('ha') {
    site('edge') {
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'ops@198.51.100.2') { nic('em0', address: ['203.0.113.33/28', '2001:db8:4::33/64']) }
            host('fw2', ssh: 'ops@198.51.100.3') { nic('em0', address: ['203.0.113.34/28', '2001:db8:4::34/64']) }
            vip(20, on: 'em0', address: ['203.0.113.35/28', '2001:db8:4::1337/64'], password: secret('carp/fw'))
        }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'ops@web-ch.example') }
    hub('wg0', on: 'fw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.35', key: secret('wg/fw'), keepalive: 25) {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        peer('phone', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: ['10.0.0.3', 'fc00::3'])
    }
}
