fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:1::/48']) {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            nic('eth0', address: '192.0.2.1/24'); nic('eth1', address: ['10.1.0.1/16', 'fd00:1::1/64'])
        }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:2::/48']) {
        host('b-gw', os: LINUX, ssh: 'root@192.0.2.2') { nic('eth1', address: ['10.2.0.1/16', 'fd00:2::1/48']) }
    }
    site('c', lan: '10.3.0.0/16') {
        host('c-gw', os: LINUX, ssh: 'root@192.0.2.3') { nic('eth1', address: '10.3.0.1/16') }
    }
    tunnel('wg0', keepalive: 25) {
        end('a-gw', port: 5000, address: ['10.255.0.1/30', 'fd00:ff::1/126'])
        end('b-gw', port: 5000, address: ['10.255.0.2/30', 'fd00:ff::2/126'], endpoint: '192.0.2.2')
    }
    tunnel('wg1', keepalive: 25) {
        end('c-gw', port: 5001, address: '10.255.1.1/30')
        end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: 'wg0', everythingFrom: '10.1.7.0/24')
    route(between: ['c', 'b'], via: 'wg1', everythingFrom: '10.3.7.0/24')
    route(between: ['c', 'a'], via: 'wg1', everythingFrom: '10.3.8.0/24')
}
