fabric('x') {
    site('a', lan: ['10.1.0.0/16', '10.1.0.0/33', 'fd00:a::/64', 5]) {
        host('a-gw', os: LINUX, ssh: 'a') {
            bond('bond0', members: ['eno1', 'eno1', 'a/b', 7, eno9, 'eno3-very-long-name'], address: ['10.1.0.1/16', '10.1.0.1/16'])
            nic('eth1', address: ['fd00:A::7/64', 'fd00:a:0::7/64', '10.1.6.07/16', '10.1.6.8 /16', 'fe80::7/64', 'fd00:a::/64'])
            nic('eth1', address: '192.0.2.1')
        }
        host('a-app', os: LINUX, ssh: 'a-app', gateway: 'a-gw')
    }
    site('b', lan: '10.2.0.1/16') {
        host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16') }
        host('b-app', os: LINUX, ssh: 'b-app', gateway: 'b-gw')
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: ['10.255.0.1/30', '10.255.0.1/33'])
        end('b-gw', port: 5000, address: ['10.255.0.9/30', 'fd00:ff::2'], endpoint: 'b.example')
    }
    tunnel('wg1') {
        end('a-gw', port: 5001, address: '10.255.1.1/30')
        end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: 'b.example')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg0', 'wgx', 5], weights: [wg0: 0, wg9: 1])
    route(between: ['b', 'a'], via: ['wg0'], weights: [wg0: 0, wg1: 1, wg2: 300])
}
