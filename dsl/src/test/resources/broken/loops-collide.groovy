// What is made in a loop stands on one line, and collides all the same.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            nic('eth0', address: '10.1.0.1/16')
            for (n in 1..2) { nic('eth1', mtu: 1500) }
            for (n in 1..2) { nic("eth${n + 1}", address: '10.1.9.9/32') }
            for (n in 1..2) { bond("bond$n", members: ['eno1', "eno${n + 1}"]) }
            for (n in 1..2) { sysctl('net.core.rmem_max', 1000 * n) }
        }
        for (n in 1..2) { host("twin$n", os: LINUX, ssh: 'twin.example') { nic('eth0', address: '10.1.8.8/16') } }
        for (n in 1..2) {
            pair("p$n", os: FREEBSD) {
                for (k in 1..2) { host("p$n$k", ssh: "p$n$k") { nic('em0', address: "10.1.$n.$k/16"); nic('em1', address: "172.16.${n}.$k/24") } }
                vip(7, on: 'em0', address: "10.1.7.$n/16", password: secret('carp'))
                vip(n + 20, on: 'em0', address: '10.1.7.7/16', password: secret('carp'))
                for (k in 1..2) { stateSync(on: 'em1') }
                proxyArp(on: 'em0', addresses: '10.1.7.50')
                for (k in 1..2) { firewall(policy: DROP) { for (m in 1..2) { table('friends', addresses: '203.0.113.7') } } }
            }
        }
        for (n in 1..2) { balance('out', on: 'p1', inbound: 'em0', from: '10.1.0.0/16', to: "10.${8 + n}.0.0/16", over: '10.1.0.9') }
    }
    for (n in 2..3) { site('b', lan: "10.${n}.0.0/16") { host("b$n", os: LINUX, ssh: "b$n") } }
    for (n in 5..6) { site("s$n", lan: '10.5.0.0/16') { host("s$n", os: LINUX, ssh: "s$n") } }
    for (n in 0..2) {
        tunnel("t$n", keepalive: 25) {
            end('a', port: n == 2 ? 5001 : 5000, address: "10.255.${n}.1/30")
            end('s5', port: 5000 + n % 2, address: "10.255.${n}.2/30", endpoint: '192.0.2.2')
        }
    }
    for (n in 0..1) {
        tunnel('same', keepalive: 25) {
            end('a', port: 5100 + n, address: "10.254.${n}.1/30")
            end('s5', port: 5100 + n, address: "10.254.${n}.2/30", endpoint: '192.0.2.2')
        }
    }
    for (n in 0..1) {
        hub("h$n", on: 'p2', port: 1337, address: "10.250.${n}.1/24", endpoint: 'hub.example', key: secret('wg/hub'), keepalive: 25) {
            for (k in 1..2) { spoke('s6', address: "10.250.${n}.2/24") }
        }
    }
    for (n in 0..1) { tunnels("g$n", count: 2, ports: 6000..6010, transit: "10.24${n}.0.0/24", keepalive: 25) { end('a'); end('s6', endpoint: '192.0.2.6') } }
    for (n in 0..1) { tunnels("k$n", count: 2, ports: (7000 + 20 * n)..(7010 + 20 * n), transit: '10.230.0.0/24', keepalive: 25) { end('a'); end('s6', endpoint: '192.0.2.6') } }
    for (n in 0..1) { publish("web$n", on: 'p2', address: '10.1.7.2', tcp: 443, to: 's6') }
    for (n in 0..1) { route(between: ['a', 's5'], via: "t$n") }
}
