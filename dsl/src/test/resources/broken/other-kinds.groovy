fabric('kinds') {
    site('a', lan: '10.1.0.0/16') {
        pair('gw', os: LINUX) {
            host('gw1', ssh: 'gw1.example') { nic('eth0', address: '10.1.0.2/16') }
            host('gw2', ssh: 'gw2.example') { nic('eth0', address: '10.1.0.3/16') }
            vip(1, on: 'eth0', address: '10.1.0.1/16')
            witness('gw3', address: '10.1.0.9')
        }
        host('app', os: LINUX, ssh: 'app.example', gateway: 'gw') { nic('eth0', address: '10.1.0.20/16') }
        host('api', os: LINUX, ssh: 'api.example', gateway: 'b') { nic('eth0', address: '10.1.0.21/16') }
    }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') } }
    group('front', hosts: ['app', 'api'])
    group('all', hosts: ['front', 'b'])
    tunnel('wg0', keepalive: 25) {
        end('gw', port: 5000, address: '10.255.0.1/30')
        end('b', port: 5000, address: '10.255.0.2/30', endpoint: '203.0.113.1')
    }
    tunnels('ab', count: 2, ports: 5010..5020, transit: '10.255.1.0/24', keepalive: 25) {
        end('front')
        end('b-gw', endpoint: '203.0.113.1')
    }
    hub('wg9', on: 'a', port: 5100, address: '10.9.0.1/24', endpoint: '203.0.113.9', keepalive: 25) {
        spoke('gw', address: '10.9.0.2/24')
        spoke('front', address: '10.9.0.3/24')
    }
    publish('web', on: 'b', address: '10.1.0.1', tcp: 80, to: 'app')
    route(between: ['app', 'front'], via: ['wg9', 'b', 'b-gw'])
}
