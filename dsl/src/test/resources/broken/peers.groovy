fabric('x') {
    site('a', lan: '10.1.0.0/24') {
        host('gw', os: LINUX, ssh: '192.0.2.1') { nic('eth0', address: '10.1.0.1/24') }
        host('gw2', os: LINUX, ssh: '192.0.2.2')
        pair('fw', os: LINUX) {
            host('fw1', ssh: '192.0.2.3') { nic('eth0', address: '10.1.0.3/24') }
            host('fw2', ssh: '192.0.2.4') { nic('eth0', address: '10.1.0.4/24') }
            vip(7, on: 'eth0', address: '10.1.0.5/24')
        }
    }
    site('v', lan: '10.7.0.0/24') {}
    hub('wg0', on: 'gw', port: 1337, address: '10.9.0.1/24', endpoint: '192.0.2.1', keepalive: 25) {
        peer('short', publicKey: 'iZjYHxcI9a4dx+L9fmbdDSJmBHWU', address: '10.9.0.2')
        peer('zero', publicKey: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', address: '10.9.0.3')
        peer('one', publicKey: 'iZjYHxcI9a4dx+L9fmbdDSJmBHWU+KgOKmVUXTfjDwI=', address: '10.9.0.4')
        peer('two', publicKey: 'iZjYHxcI9a4dx+L9fmbdDSJmBHWU+KgOKmVUXTfjDwI=', address: '10.9.0.5')
        peer('one', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: '10.9.0.6')
        peer('gw2', publicKey: 'i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', address: '10.9.0.7')
        peer('fw', publicKey: 'rBjgrfbK3PxbmQpdK1GqUGSBSOzI8o+XVRA0sRuImkI=', address: '10.9.0.8')
        peer('../up', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBQo=', address: '10.9.0.9')
        peer('taken', publicKey: 'JO8stX7aCWn+kH0x8GZ1dcV8SlWLUcRT678p3pcuDiA=', address: '10.9.0.4')
        peer('out', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRA=', address: ['10.8.0.9', 'fd00::9'])
        peer('port', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRI=', address: '10.9.0.11', endpoint: 'vendor.example')
        peer('far', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRQ=', address: '10.9.0.12', endpoint: '10.9.0.12:51820', keepalive: 0)
        peer('own', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRU=', address: '10.9.0.13', endpoint: '10.1.0.1:51820')
    }
    hub('wg1', on: 'fw', port: 1338, address: '10.10.0.1/24', endpoint: '10.1.0.5', key: secret('wg/fw'), keepalive: 25) {
        peer('router', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRY=', address: '10.10.0.2', endpoint: '198.51.100.9:51820')
    }
    tunnel('t0', keepalive: 25, psk: true) {
        end('gw', port: 2000, address: '10.255.0.1/30', endpoint: '192.0.2.1')
        peer('vendor', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRc=', address: '10.255.0.2')
    }
    tunnel('t1', keepalive: 25) {
        peer('left', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRg=', address: '10.255.0.5/30', endpoint: '198.51.100.1:51820')
        peer('right', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRk=', address: '10.255.0.6/30')
    }
    tunnel('t2', keepalive: 25) {
        end('gw', port: 2002, address: '10.255.0.9/30', endpoint: '192.0.2.1')
        peer('plain', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRo=', address: '10.255.0.10')
    }
    tunnel('t3', keepalive: 25) {
        end('gw', port: 2003, address: '10.255.0.13/30', endpoint: '192.0.2.1')
        peer('same', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRw=', address: '10.255.0.14', site: 'a')
    }
    tunnel('t4', keepalive: 25) {
        end('gw', port: 2004, address: '10.255.0.17/30', endpoint: '192.0.2.1')
        peer('lost', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBR0=', address: '10.255.0.18', site: 'nowhere')
    }
    route(between: ['a', 'v'], via: 't2')
}
