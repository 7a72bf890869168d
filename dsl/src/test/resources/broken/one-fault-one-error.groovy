fabric('one') {
    site('a', lan: '0.0.0.0/0') {
        host('a-gw', os: LINUX, ssh: 'a-gw.example') { nic('eth0', address: '10.1.0.1/16') }
    }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') } }
    tunnels('ab', count: 2, ports: 5000..5063, transit: '10.255.254.0/24', keepalive: 25) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    tunnel('ac', count: 3, ports: 5100..5163, transit: '10.255.253.0/24', keepalive: 25) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    route(between: ['a', 'b'], via: ['ab', 'ac'], weights: [ab: 300, ac0: 0])
}
