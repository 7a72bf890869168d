fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('a1', os: LINUX, ssh: 'a1.example') {
            nic('eth0', address: ['10.1.0.1/16', 'fd00:a::1/64'])
            bgp(as: 65_001, announce: ['10.1.0.0/16', '10.9.0.0/24', '10.1.0.0/16', '10.0.0.0/8'])
        }
        host('a2', os: LINUX, ssh: 'a2.example') { bgp(as: 65_001, announce: []) }
        host('a3', os: LINUX, ssh: 'a3.example')
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) {
        host('b1', os: LINUX, ssh: 'b1.example') { bgp(as: 65_003, announce: '10.2.0.0/17') }
        host('b2', os: LINUX, ssh: 'b2.example') { bgp(as: 65_003, announce: '10.2.128.0/17') }
    }
    site('c', lan: '10.3.0.0/16') { host('c1', os: LINUX, ssh: 'c1.example') { bgp(as: 65_003, announce: '10.3.0.0/16') } }
    tunnel('wg0', keepalive: 25) {
        end('a1', port: 5000, address: ['10.255.0.1/30', 'fd00:ff:0::1/64'])
        end('b1', port: 5000, address: ['10.255.0.2/30', 'fd00:ff:0::2/64'], endpoint: '192.0.2.1')
    }
    tunnel('wg1', keepalive: 25) {
        end('a3', port: 5001, address: 'fd00:ff:1::1/64')
        end('b2', port: 5001, address: 'fd00:ff:1::2/64', endpoint: '192.0.2.2')
    }
    tunnel('wg2', keepalive: 25) {
        end('b1', port: 5002, address: '10.255.2.1/30')
        end('c1', port: 5002, address: '10.255.2.2/30', endpoint: '192.0.2.3')
    }
    tunnel('wg3', keepalive: 25) {
        end('a1', port: 5003, address: '10.255.3.1/30')
        end('c1', port: 5003, address: '10.255.3.2/30', endpoint: '192.0.2.3')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'], protocol: BGP, weights: [wg0: 2, wg1: 1], failover: WATCH, hold: [wg0: 2, wg2: 9, wg9: 9])
    route(between: ['b', 'c'], via: 'wg2', protocol: BGP)
    route(between: ['a', 'c'], via: 'wg3', bfd: true, hold: [wg3: 10])
}
