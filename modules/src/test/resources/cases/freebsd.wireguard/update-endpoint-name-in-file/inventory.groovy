fabric('lab') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: FREEBSD, ssh: 'root@192.0.2.10') {
            nic('igb1', address: '10.9.0.1/24')
        }
    }
    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: LINUX, ssh: 'root@192.0.2.20') {
            nic('eth1', address: '10.9.0.2/24')
        }
    }
    tunnel('wg0', keepalive: 10) {
        end('a-gw', port: 5000, address: ['10.255.254.2/28', 'fd00:ff::2/64'])
        end('b-gw', port: 5000, address: ['10.255.254.1/28', 'fd00:ff::1/64'], endpoint: 'b.example.net')
    }
    route(between: ['a', 'b'], via: ['wg0'], hash: L4)
}
