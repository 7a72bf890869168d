fabric('kinds') {
    site('a', lan: '10.1.0.0/16') {
        pair('gw', os: LINUX) {
            host('gw1', ssh: 'gw1.example') { nic('eth0', address: '10.1.0.2/16') }
            host('gw2', ssh: 'gw2.example') { nic('eth0', address: '10.1.0.3/16') }
            vip(1, on: 'eth0', address: '10.1.0.1/16')
        }
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'lb1.example') { nic('eth0', address: '10.1.0.12/16') }
            host('lb2', ssh: 'lb2.example') { nic('eth0', address: '10.1.0.13/16') }
            vip(2, on: 'eth0', address: '10.1.0.11/16')
        }
        host('app', os: LINUX, ssh: 'app.example') { nic('eth0', address: '10.1.0.20/16') }
    }
    site('b', lan: '10.2.0.0/16') {
        pair('web', os: LINUX) {
            host('web1', ssh: 'web1.example') { nic('eth0', address: '10.2.0.2/16') }
            host('web2', ssh: 'web2.example') { nic('eth0', address: '10.2.0.3/16') }
            vip(3, on: 'eth0', address: '10.2.0.1/16')
        }
        host('db', os: LINUX, ssh: 'db.example') { nic('eth0', address: '10.2.0.9/16') }
        balance('out', on: 'wg9', inbound: 'eth0', from: '10.2.0.0/16', to: '10.1.0.0/16', over: ['10.2.0.2', '10.2.0.3'])
    }
    hub('wg9', on: 'gw', port: 5100, key: secret('hub'), address: '10.9.0.1/24', endpoint: '203.0.113.9', keepalive: 25) {
        spoke('web1', address: '10.9.0.2/24')
        spoke('db', address: '10.9.0.3/24')
    }
    group('front', hosts: ['app', 'wg9', 'ab', 'ab0'])
    tunnels('ab', count: 2, ports: 5010..5020, transit: '10.255.1.0/24', keepalive: 25) {
        end('app')
        end('db', endpoint: '203.0.113.1')
    }
    publish('one', on: 'gw', address: '10.1.0.1', tcp: [80, 8010..8000, 70000..70001], to: ['web', 'db'])
    publish('two', on: 'gw', address: '10.1.0.1', udp: 53, to: ['b', 'wg9', 'app', 'ab'])
    route(between: ['gw', 'lb'], via: 'ab')
    route(between: ['gw', 'a'], via: 'ab')
    route(between: ['gw', 'db'], via: 'ab', protocol: BGP, hold: [db: 5, wg9: 6, ab: 9])
}
