fabric('four') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('near', os: LINUX, ssh: 'root@192.0.2.31') {
            nic('eth0', address: ['10.1.0.2/16', 'fd00:1::2/64'])
            bgp(as: 65_001, announce: ['10.1.0.0/16', 'fd00:1::/64'])
        }
    }
    site('dc2', lan: ['10.9.0.0/24', 'fd00:9::/64']) {
        host('far', os: LINUX, ssh: 'root@192.0.2.41') {
            nic('eth0', address: ['10.9.0.2/24', 'fd00:9::2/64'])
            bgp(as: 4_200_000_002, announce: ['10.9.0.0/24', 'fd00:9::/64'])
        }
    }
    for (n in 1..4) {
        tunnel("wg$n", keepalive: 25) {
            end('near', port: 51820 + n, address: ["10.255.${n}.1/30", "fd00:ff:${n}::1/64"], endpoint: "198.51.100.${30 + n}")
            end('far', port: 51820 + n, address: ["10.255.${n}.2/30", "fd00:ff:${n}::2/64"], endpoint: "203.0.113.${40 + n}")
        }
    }
    route(between: ['dc1', 'dc2'], via: ['wg1', 'wg2', 'wg3', 'wg4'], protocol: BGP, bfd: true, hold: [wg3: 30])
}
