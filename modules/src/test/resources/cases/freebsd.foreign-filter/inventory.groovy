fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: FREEBSD, ssh: 'root@192.0.2.1')
    }
    site('b', lan: ['10.5.6.0/24', 'fd00:b::/64']) {
        host('b-gw', os: FREEBSD, ssh: 'root@192.0.2.2')
    }
    tunnel('wg0', keepalive: 10) {
        end('a-gw', port: 5000, address: ['10.255.0.1/28', 'fd00:ff::1/112'], endpoint: '192.0.2.1')
        end('b-gw', port: 5000, address: ['10.255.0.2/28', 'fd00:ff::2/112'], endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: ['wg0'])
}
