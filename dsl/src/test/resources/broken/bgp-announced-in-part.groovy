// What no host announces has no route at the other site, not even one of last resort.
fabric('by-bgp') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/48']) {
        host('a-gw', os: LINUX, ssh: 'a-gw.example') { nic('eth0', address: ['10.1.0.1/16', 'fd00:a::1/48']); bgp(as: 65001, announce: ['10.1.0.0/17', '10.1.128.0/17', 'fd00:a::/64']) }
    }
    site('b', lan: ['10.2.0.0/16', '10.3.0.0/24', 'fd00:b::/48']) {
        host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: ['10.2.3.1/24', 'fd00:b::1/48']); bgp(as: 65002, announce: ['10.2.3.0/24', 'fd00:b::/48']) }
    }
    tunnels('ab', count: 2, ports: 5000..5001, transit: ['10.255.0.0/28', 'fd00:ff::/112']) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    route(between: ['a', 'b'], via: 'ab', protocol: BGP)
    group('edge', hosts: ['c-gw'])   // no such host
}
