fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            bond('bond0', members: [], miimon: 0, mtu: 67)
            nic('eth0', mtu: 65536)
            nic('eth1', mtu: 1279, address: 'fd00::1/64')
        }
    }
    site('b', lan: '10.2.0.0/16') { host('b', os: LINUX, ssh: 'b') }
    tunnel('wg0', keepalive: 0, mtu: 10) {
        end('a', port: 0, address: '10.255.0.1/30')
        end('b', port: 65536, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg1', keepalive: 65536) {
        end('a', port: -1, address: '10.255.1.1/30')
        end('b', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'], weights: [wg0: 0, wg1: 257, wg2: 1])
}
