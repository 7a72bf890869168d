fabric('x') {
    site('a', lan: '10.1.0.0/24') {
        host('gw', os: LINUX, ssh: '192.0.2.1') {
            nic('eth0', address: '10.1.0.1/24')
            bgp(as: 65_001, announce: '10.1.0.0/24')
        }
    }
    site('v', lan: '10.7.0.0/24') {}
    tunnel('t4', keepalive: 25) {
        end('gw', port: 2004, address: '10.255.0.17/30', endpoint: '192.0.2.1')
        peer('vendor', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBR0=', address: '10.255.0.18', site: 'v')
    }
    route(between: ['a', 'v'], via: 't4', protocol: BGP)
}
