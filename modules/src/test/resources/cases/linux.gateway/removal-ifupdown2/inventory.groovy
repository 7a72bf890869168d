fabric('app') {
    site('a', lan: ['10.7.0.0/24', 'fd00:7::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.10') {
            nic('eth1', address: ['10.7.0.1/24', 'fd00:7::1/64'])
        }
        host('a-app', os: LINUX, ssh: 'root@host', gateway: 'a-gw')
    }
    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: LINUX, ssh: 'root@192.0.2.20') { nic('eth1', address: ['10.5.6.7/24']) }
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: ['10.255.254.2/28', 'fd00:ff::2/64'])
        end('b-gw', port: 5000, address: ['10.255.254.1/28', 'fd00:ff::1/64'], endpoint: '192.0.2.20')
    }
    route(between: ['a', 'b'], via: 'wg0', hash: L4)
}
