fabric('x') {
    site('a', lan: '10.1.0.0/33') {
        hots('a-gw', os: LINUX, ssh: 'admin@192.0.2.1') {
            bond('bond0', membrs: ['eno1'], mode: LCAP, address: '10.1.0.1')
            nic('sixteencharacter', adress: '10.1.0.1/16')
        }
        host('a-app', os: LINUX, ssh: undefined, gateway: 'a-gww')
    }
    tunnel('wg0', keepalive: 70000) {
        end('a-gw', port: '5000', address: '10.255.0.1/30')
        end('b-gww', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg1') {
        end('a-gw', port: 99999, address: '10.255.0.1/30')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg9'], hash: L5)
}
