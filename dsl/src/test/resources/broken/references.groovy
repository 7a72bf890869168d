fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') }
        host('a-app', os: LINUX, ssh: 'b', gateway: 'a-gww')
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'c') { nic('eth0', address: '10.2.0.1/16') }
    }
    tunnel('wg0') {
        end('a-gww', port: 5000, address: '10.255.0.1/30')
        end('nobody', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    route(between: ['a', 'bb'], via: ['wg0', 'wg7'])
}
