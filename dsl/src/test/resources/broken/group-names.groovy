fabric('names') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a-gw.example', tags: ['ab1', 'edge']) { nic('eth0', address: '10.1.0.1/16') }
        host('hq', os: LINUX, ssh: 'hq.example') { nic('eth0', address: '10.1.0.9/16') }
    }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') } }
    tunnel('wgv', keepalive: 25) {
        end('a-gw', port: 4000, address: '10.255.0.1/30')
        end('b-gw', port: 4000, address: '10.255.0.2/30', endpoint: '203.0.113.1')
    }
    tunnels('ab', count: 2, ports: 5000..5063, transit: '10.255.1.0/24', keepalive: 25) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    hub('wg0', on: 'hq', port: 5100, address: '10.9.0.1/24', endpoint: '203.0.113.9', keepalive: 25) { spoke('b-gw', address: '10.9.0.2/24') }
    group('wgv', hosts: 'a')
    group('ab', hosts: ['a-gw', 'x'])
    group('wg0', hosts: 'b')
    route(between: ['a', 'b'], via: ['ab', 'wgv'])
}
