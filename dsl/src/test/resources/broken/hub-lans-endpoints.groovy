fabric('x') {
    site('head', lan: '10.1.0.0/16') {
        host('gw', os: LINUX, ssh: '192.0.2.1') { nic('eth0', address: '10.1.0.1/16') }
    }
    site('wg0', lan: '10.2.0.0/16') { host('ch', os: LINUX, ssh: '192.0.2.3') { nic('eth0', address: '10.2.0.1/16') } }
    site('hub', lan: '10.3.0.0/16') { host('de', os: LINUX, ssh: '192.0.2.4') { nic('eth0', address: '10.3.0.1/16') } }
    hub('wg0', on: 'gw', port: 1337, address: '10.9.0.1/24', endpoint: '10.1.0.1', keepalive: 25) {
        spoke('ch', address: '10.9.0.2/24', lan: true)
        peer('v', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.9.0.8', lan: '10.7.0.0/16', endpoint: '10.7.0.1:51820')
        peer('w', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: '10.9.0.9', endpoint: '10.2.0.9:51820')
    }
    tunnel('t0', keepalive: 25) {
        end('de', port: 5000, address: '10.8.0.1/30', endpoint: '192.0.2.4')
        end('ch', port: 5000, address: '10.8.0.2/30')
    }
    route(between: ['hub', 'wg0'], via: 't0')
}
