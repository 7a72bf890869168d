fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: FREEBSD, ssh: 'root@a-gw') {
            nic('igb1', address: ['10.2.3.4/24', 'fd00:a::4/64'])
        }
    }
    site('b', lan: ['10.5.6.0/24', 'fd00:b::/64']) {
        host('b-gw', os: LINUX, ssh: 'root@b-gw') {
            nic('eth1', address: ['10.5.6.7/24', 'fd00:b::7/64'])
        }
    }
    tunnel('wg0', keepalive: 10) {
        end('a-gw', port: 5000, address: ['10.255.0.1/30', 'fd00:ff::1/126'], endpoint: '192.0.2.1')
        end('b-gw', port: 5000, address: ['10.255.0.2/30', 'fd00:ff::2/126'], endpoint: '192.0.2.2')
    }
    tunnel('wg1', keepalive: 10) {
        end('a-gw', port: 5001, address: ['10.255.0.5/30', 'fd00:ff::5/126'], endpoint: '192.0.2.1')
        end('b-gw', port: 5001, address: ['10.255.0.6/30', 'fd00:ff::6/126'], endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'], weights: [wg1: 2], prefer: 'wg1', failover: WATCH, hash: L4)
}
