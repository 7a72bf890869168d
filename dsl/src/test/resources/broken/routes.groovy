fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'admin@192.0.2.1') { nic('eth0', address: '10.1.0.1/16') }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'admin@192.0.2.2') { nic('eth0', address: '10.2.0.1/16') }
    }
    site('c', lan: 'fd00:c::/64') { host('c-gw', os: LINUX, ssh: 'c') }
    site('d') { }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    route(between: ['a', 'a'], via: 'wg0')
    route(between: ['a', 'c'], via: 'wg0')
    route(between: ['a', 'b', 'c'], via: 'wg0')
    route(between: ['a'], via: 'wg0')
    route(between: ['a', 'b'], via: ['wg0', 'wg0'])
    route(between: ['b', 'a'], via: [])
    route(between: ['a', 'd'], via: 'wg0', weights: [wg1: 2])
}
