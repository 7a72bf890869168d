fabric('x') {
    for (side in ['a', 'b']) {
        site(side, lan: side == 'a' ? '10.1.0.0/16' : '10.2.0.0/16') {
            host("$side-gw", os: LINUX, ssh: "${side}.example") { nic('eth0', address: side == 'a' ? '10.1.0.1/16' : '10.2.0.1/16') }
        }
    }
    for (n in 0..<200) {
        tunnel("t$n") {
            end('a-gw', port: 5000 + n, address: "10.255.${n}.1/30")
            end('b-gw', port: 5000 + n, address: "10.255.${n}.2/30", endpoint: '192.0.2.1')
        }
    }
    tunnel('spare') {
        end('a-gw', port: 6000, address: '10.254.0.1/30')
        end('b-gw', port: 6000, address: '10.254.0.2/30', endpoint: '192.0.2.1')
    }
    route(between: ['a', 'b'], via: 'nosuch')
}
