fabric('ha') {
    site('edge') {
        host('fw1', os: LINUX, ssh: 'ops@198.51.100.2') { nic('eth0', address: '203.0.113.33/28') }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'ops@web-ch.example') }
    hub('wg0', on: 'fw1', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.35', keepalive: 25) {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        peer('phone', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: ['10.0.0.3', 'fc00::3'])
        peer('router', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: '10.0.0.9/24', endpoint: 'vendor.example:51820', keepalive: 20)
    }
}
