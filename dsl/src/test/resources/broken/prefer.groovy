fabric('x') {
    for (s in ['a', 'b', 'c', 'd']) {
        site(s, lan: "10.${1 + ('abcd'.indexOf(s))}.0.0/24") { host("$s-gw", os: LINUX, ssh: "ops@$s") }
    }
    for (n in 0..4) {
        tunnel("t$n", keepalive: 25) {
            end('a-gw', port: 5000 + n, address: "10.255.$n.1/30", endpoint: '192.0.2.1')
            end(n < 3 ? 'b-gw' : n == 3 ? 'c-gw' : 'd-gw', port: 5000 + n, address: "10.255.$n.2/30")
        }
    }
    route(between: ['a', 'b'], via: ['t0', 't1'], prefer: ['t0', 't9', 't2', 't0'], failover: WATCH)
    route(between: ['a', 'c'], via: 't3', prefer: 't3')
    route(between: ['a', 'd'], via: 't4', prefer: 't4', protocol: BGP)
}
