def names = [1, 2]
fabric(x) {
    include(parts.sites)
    site(a, lan: '10.1.0.0/16') {
        host(a-gw, os: LINUX, ssh: 'a') {
            nic(eth0, address: '10.1.0.1/16', mtu: jumbo)
            sysctl(net.ipv4.ip_forward, 1)
            sysctl('net.ipv4.tcp_congestion_control', bbr)
        }
        ['p', 'q'].each { host(it, os: LINUX, ssh: it) { nic(eth0, address: "10.1.0.2/16") } }
        for (n in 1..2) { host(web, os: LINUX, ssh: "web$n") { nic('eth0', mtu: 1.5) } }
    }
    site(names[0], lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16', mtu: names.foo()) }
    }
    site('c', lan: c) {
        host('c-gw', os: LINUX, ssh: 'c') { nic('eth0', address: ['10.3.0.1/16', fd00]) }
    }
    site(d.foo(), lan: '10.4.0.0/16') {
        host('d-gw', os: LINUX, ssh: 'd') { nic('eth0', address: '10.4.0.1/16') }
    }
    tunnel(wg1, keepalive: 10) {
        end(a-gw, port: 5001, address: '10.255.253.2/28')
        end('c-gw', port: 5001, address: '10.255.253.1/28', endpoint: c.example)
    }
    route(between: [a, 'c'], via: wg1)
}
