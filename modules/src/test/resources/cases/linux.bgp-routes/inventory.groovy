fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.10') {
            nic('eth1', address: ['10.2.3.1/24', 'fd00:a::1/64'])
            bgp(as: 65_001, announce: ['10.2.3.0/24', 'fd00:a::/64'])
        }
    }
    site('b', lan: ['10.5.6.0/24', 'fd00:b::/64']) {
        host('b-gw', os: LINUX, ssh: 'root@192.0.2.20') {
            nic('eth1', address: ['10.5.6.1/24', 'fd00:b::1/64'])
            bgp(as: 65_002, announce: ['10.5.6.0/24', 'fd00:b::/64'])
        }
    }
    // It had BGP, and has no longer.
    site('c', lan: '10.8.9.0/24') {
        host('c-gw', os: LINUX, ssh: 'root@192.0.2.30') { nic('eth1', address: '10.8.9.1/24') }
    }
    for (n in 0..1) {
        tunnel("wg$n", keepalive: 10) {
            end('a-gw', port: 5000 + n, address: ["10.255.${n}.1/30", "fd00:ff:${n}::1/64"])
            end('b-gw', port: 5000 + n, address: ["10.255.${n}.2/30", "fd00:ff:${n}::2/64"], endpoint: '192.0.2.20')
        }
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'], protocol: BGP, bfd: true)
}
