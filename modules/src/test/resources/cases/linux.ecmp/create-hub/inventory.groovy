fabric('lab') {
    site('head', lan: ['10.1.0.0/24', 'fd00:1::/64']) {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1') { nic('lan0', address: ['10.1.0.1/24', 'fd00:1::1/64']) }
    }
    site('ch', lan: ['10.2.0.0/24', 'fd00:2::/64']) {
        host('ch', os: LINUX, ssh: 'root@192.0.2.3') { nic('lan0', address: ['10.2.0.1/24', 'fd00:2::1/64']) }
    }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fd00::1/64'], endpoint: '198.51.100.1', keepalive: 25) {
        spoke('ch', address: ['10.0.0.2/24', 'fd00::2/64'], lan: true)
        peer('vendor', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.0.0.7', lan: '10.7.0.0/24')
    }
}
