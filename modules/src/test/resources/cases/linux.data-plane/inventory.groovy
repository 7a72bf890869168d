fabric('lab') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            bond('bond0', members: ['eth1', 'eth2'], mode: LACP)
            vlan('bond0.7', on: 'bond0', id: 7)
            nic('lan0', address: '10.2.3.4/24')
        }
    }
    site('b', lan: '10.5.6.0/24') { host('b-gw', os: LINUX, ssh: 'root@192.0.2.2') { nic('lan0', address: '10.5.6.7/24') } }
    tunnel('wg0', keepalive: 10) {
        end('a-gw', port: 5000, address: '10.255.0.1/28', endpoint: '192.0.2.1')
        end('b-gw', port: 5000, address: '10.255.0.2/28', endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: 'wg0')
}
