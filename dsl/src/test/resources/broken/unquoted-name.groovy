fabric('x') {
    site(a, lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') }
        host('a-app', os: LINUX, ssh: 'a-app', gateway: 'a-gw') { sysctl('net.ipv4.tcp_congestion_control', 'bbr') }
    }
    site('b', lan: '10.2.0.0/16') {
        host(b-gw, os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16') }
    }
    tunnel(wg0) {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: 'b.example')
    }
    route(between: ['a', 'b'], via: 'wg0')
}
