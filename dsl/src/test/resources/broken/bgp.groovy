fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a1', os: LINUX, ssh: 'a1.example') {
            bgp(as: 3320, announce: '10.1.0.0/16')
            bgp(as: 65_001, announce: '10.1.0.0/16')
        }
        host('a2', os: LINUX, ssh: 'a2.example') { bgp(as: 65_535, announce: '10.1.0.0/16') }
        host('a3', os: LINUX, ssh: 'a3.example') { bgp(as: '65003', announce: '10.1.0.0/16') }
        host('a4', os: LINUX, ssh: 'a4.example') { bgp(as: 4_294_967_295, announce: '10.1.0.1/16') }
        host('a5', os: LINUX, ssh: 'a5.example') { bgp(as: 65_001) }
        host('a6', os: LINUX, ssh: 'a6.example') { bgp(as: 1.5, announce: '10.1.0.0/16', password: 'x') }
    }
    site('b', lan: '10.2.0.0/16') { host('b1', os: LINUX, ssh: 'b1.example') }
    tunnel('wg0', keepalive: 25) {
        end('a1', port: 5000, address: '10.255.0.1/30')
        end('b1', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.1')
    }
    route(between: ['a', 'b'], via: 'wg0', protocol: OSPF, bfd: 'yes', hold: [wg0: '30'])
}
