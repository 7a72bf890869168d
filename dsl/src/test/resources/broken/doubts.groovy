// Warnings of what does nothing; the error is the last site.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a1', os: LINUX, ssh: 'a1') { nic('eth0', address: '10.1.0.1/16') }
        host('a2', os: LINUX, ssh: 'a2') { nic('eth0', address: '10.1.0.2/16') }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b1', os: LINUX, ssh: 'b1') { nic('eth0', address: '10.2.0.1/16') }
        host('b2', os: LINUX, ssh: 'b2') { nic('eth0', address: '10.2.0.2/16') }
    }
    site('c', lan: '10.3.0.0/16') {
        host('c1', os: LINUX, ssh: 'c1') { nic('eth0', address: '10.3.0.1/16') }
        host('c2', os: LINUX, ssh: 'c2', gateway: 'c1') { nic('eth0', address: '10.3.0.2/16') }
        for (n in 3..4) host("c$n", os: LINUX, ssh: "c$n", gateway: 'c1') { nic('eth0', address: "10.3.0.$n/16") }
    }
    for (n in 1..2) {
        tunnel("wg$n") {
            end("a$n", port: 5000, address: "10.255.$n.1/30", endpoint: "192.0.2.1$n")
            end("b$n", port: 5000, address: "10.255.$n.2/30", endpoint: "192.0.2.2$n")
        }
    }
    route(between: ['a', 'b'], via: ['wg1', 'wg2'], failover: WATCH, prefer: 'wg1')
    // Ranks of one host, by the name of a group and beside it: nothing is said.
    site('d', lan: '10.5.0.0/16') { host('d1', os: LINUX, ssh: 'd1') { nic('eth0', address: '10.5.0.1/16') } }
    site('e', lan: '10.6.0.0/16') { host('e1', os: LINUX, ssh: 'e1') { nic('eth0', address: '10.6.0.1/16') } }
    tunnels('de', count: 2, ports: 5010..5063, transit: '10.254.0.0/24', keepalive: 25) {
        end('d1')
        end('e1', endpoint: '192.0.2.31')
    }
    tunnel('spare', keepalive: 25) { end('d1', port: 5009, address: '10.255.9.1/30'); end('e1', port: 5009, address: '10.255.9.2/30', endpoint: '192.0.2.31') }
    route(between: ['d', 'e'], via: ['de', 'spare'], failover: WATCH, prefer: 'de')
    site('c', lan: '10.4.0.0/16') {}
}
