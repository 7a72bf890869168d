fabric('x') {
    site('a', lan: '203.0.113.0/24') { host('gw', os: LINUX, ssh: '192.0.2.1') { nic('eth0', address: '203.0.113.9/24') } }
    site('v', lan: '10.7.0.0/24') {}
    hub('wg0', on: 'gw', port: 1337, address: '10.0.0.1/24', endpoint: '203.0.113.9', keepalive: 25) {
        peer('laptop', publicKey: 'iZjYHxcI9a4dx+L9fmbdDSJmBHWU+KgOKmVUXTfjDwI=', address: '10.0.0.8', allowed: ['0.0.0.0/0', '::/0'])
        peer('tablet', publicKey: 'd9M6yOX08lr7hEsFXk9F8vYsu6oI7WPm2NA9HHfj73I=', address: '10.0.0.9', allowed: ['10.1.0.0/24', '203.0.113.9'])
        peer('right', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBQo=', address: '10.0.0.10', allowed: ['0.0.0.0/0', '203.0.113.8/32'])
    }
    hub('wg1', on: 'gw', port: 1338, address: ['10.4.0.1/24', 'fd00:4::1/64'], endpoint: '2001:db8::9', keepalive: 25) {
        peer('six', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRA=', address: 'fd00:4::a', allowed: ['192.0.2.0/24', '2001:db8::/64'])
        for (n in 1..2) {
            peer("b$n", publicKey: ['i7Eyf4OagNo4jzeV133MKGmh1eZW1ANSIPZpCK8xADY=', 'rBjgrfbK3PxbmQpdK1GqUGSBSOzI8o+XVRA0sRuImkI='][n - 1],
                 address: ["10.4.0.${n + 1}", "fd00:4::${n + 1}"], allowed: ['::/0', '2001:db8::/48'])
        }
    }
    hub('wg2', on: 'gw', port: 1339, address: '10.5.0.1/24', endpoint: 'gw.example', keepalive: 25) {
        peer('named', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRI=', address: '10.5.0.8', allowed: '203.0.113.0/24')
    }
    tunnel('t2', keepalive: 25) {
        end('gw', port: 2002, address: '10.255.0.9/30', endpoint: '203.0.113.9')
        peer('plain', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRo=', address: '10.255.0.10', site: 'v')
    }
    route(between: ['a', 'v'], via: 't2')
}
