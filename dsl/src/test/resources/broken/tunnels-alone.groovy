fabric('alone') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a-gw.example') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') } }
    tunnels('ab', count: 4, ports: 5000..5002, transit: '10.255.254.0/28', keepalive: 25) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    route(between: ['a', 'b'], via: ['ab0', 'ab1', 'ab2', 'ab3'], weights: [ab0: 2], failover: WATCH)
}
