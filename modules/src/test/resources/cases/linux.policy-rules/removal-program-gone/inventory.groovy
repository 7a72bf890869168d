fabric('lab') {
    site('a', lan: ['10.1.0.0/16', 'fd00:1::/48']) {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            nic('eth0', address: '192.0.2.1/24')
            nic('lan0', address: ['10.1.0.1/16', 'fd00:1::1/48'])
        }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:2::/48']) {
        host('b-gw', os: LINUX, ssh: 'root@192.0.2.2') { nic('lan0', address: ['10.2.0.1/16', 'fd00:2::1/48']) }
    }
    tunnel('wg0', keepalive: 10) {
        end('a-gw', port: 5000, address: ['10.255.0.1/30', 'fd00:ff::1/126'])
        end('b-gw', port: 5000, address: ['10.255.0.2/30', 'fd00:ff::2/126'], endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: 'wg0')
}
