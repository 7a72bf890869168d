fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16') } }
    site('c', lan: '10.3.0.0/16') { host('c-gw', os: LINUX, ssh: 'c') { nic('eth0', address: '10.3.0.1/16') }; host('c-app', os: LINUX, ssh: 'c2', gateway: 'c-gw') { nic('eth0', address: '10.3.0.2/16') } }
    tunnel('wg0') { end('a-gw', port: 5000, address: '10.255.0.1/30'); end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: 'b.example') }
    tunnel('wg1') { end('a-gw', port: 5001, address: '10.255.1.1/30'); end('c-gw', port: 5001, address: '10.255.1.2/30', endpoint: 'c.example') }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'])
    route(between: ['a', 'c'], via: ['wg1'], weights: [wg1: 0, wg0: 3])
    route(between: ['b', 'c'], via: ['wg0', 'wg0'], weights: [wg0: -1])
    route(between: 'a-b', via: 'wgO')
}
