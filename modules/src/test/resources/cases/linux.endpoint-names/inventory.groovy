// Two tunnels whose far ends have names, one with an address, a hub that is called by its name, and one that calls peers by theirs.
fabric('named') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'ops@192.0.2.1') { nic('eth0', address: '10.1.0.1/16') }
        host('plain', os: LINUX, ssh: 'ops@192.0.2.3')
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'ops@192.0.2.2') { nic('eth0', address: '10.2.0.1/16') }
    }
    tunnel('wg0', keepalive: 25) {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: 'b.example')
    }
    tunnel('wg1', keepalive: 25) {
        end('a-gw', port: 5001, address: '10.255.1.1/30')
        end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.2')
    }
    hub('wg2', on: 'b-gw', port: 1337, address: '10.0.0.1/24', endpoint: 'hub.example', keepalive: 25) {
        spoke('a-gw', address: '10.0.0.2/24')
    }
    hub('wg3', on: 'a-gw', port: 1338, address: '10.0.1.1/24', endpoint: '192.0.2.1', keepalive: 25) {
        peer('vendor', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.0.1.7', endpoint: 'vendor.example:51820')
        peer('phone', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: '10.0.1.8')
        peer('router', publicKey: 'JO8stX7aCWn+kH0x8GZ1dcV8SlWLUcRT678p3pcuDiA=', address: '10.0.1.9', endpoint: 'router.example:51820')
        peer('fixed', publicKey: 'rBjgrfbK3PxbmQpdK1GqUGSBSOzI8o+XVRA0sRuImkI=', address: '10.0.1.10', endpoint: '198.51.100.9:51820')
    }
}
