fabric('ranges') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a-gw.example') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') } }
    tunnels('ab', count: 2, ports: 5000..5063, transit: '10.255.254.0/24', keepalive: 25) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    tunnels('ac', count: 2, ports: 5000..5010, transit: '10.255.253.0/24', keepalive: 25) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    tunnel('t1', keepalive: 25) {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 6000, address: '10.255.0.2/30', endpoint: '203.0.113.1')
    }
    tunnel('t2', keepalive: 25) {
        end('a-gw', port: 6000, address: '10.255.0.5/30')
        end('b-gw', port: 6000, address: '10.255.0.6/30', endpoint: '203.0.113.1')
    }
    route(between: ['a', 'b'], via: 'ab')
}
