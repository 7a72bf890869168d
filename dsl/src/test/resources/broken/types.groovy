fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16') } }
    tunnel('wg0', keepalive: 10.5, mtu: '1400', psk: 1) {
        end('a-gw', port: 5000L, address: 10, endpoint: ['x'])
        end('b-gw', port: 5_000, address: ['10.255.0.2/30'], endpoint: 192.0)
    }
    tunnels('ab', count: [3], ports: [5000, 5001], transit: 5..6) { end('a-gw'); end('b-gw', endpoint: 5) }
    tunnels('cd', count: 3, ports: 'x'..'z', transit: '10.9.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    route(between: [1, 2], via: [wg0: 1], weights: ['wg0'], hash: 4, failover: true)
    route(between: ['a', 'b'], via: 'wg0', weights: [wg0: '2'])
}
