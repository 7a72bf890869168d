fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a-gw.example') {
            nic('eth1', address: '10.1.0.1/16')
            bgp(as: 65_001, announce: '10.1.0.0/16')
        }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'b-gw.example') {
            nic('eth1', address: '10.2.0.1/16')
            bgp(as: 65_002, announce: '10.2.0.0/16')
        }
    }
    tunnels('ab', count: 33, ports: 5000..5032, transit: '10.255.254.0/24', keepalive: 25) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    route(between: ['a', 'b'], via: 'ab', protocol: BGP)
}
