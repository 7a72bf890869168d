fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            nic('eth0', address: '192.0.2.1/24', defaultGateway: ['192.0.2.254', '192.0.2.253'])
            nic('eth1', address: '198.51.100.1/24', defaultGateway: '198.51.100.254')
            nic('eth2', dhcp: BOTH, defaultGateway: 'fe80::1')
            nic('lo', address: '192.0.2.7/32', dhcp: V4)
            bond('bond0', members: 'eth3')
            nic('eth3', dhcp: V4)
        }
        host('b', os: LINUX, ssh: 'b') { nic('eth0', address: '192.0.2.2/24', defaultGateway: '203.0.113.1') }
        host('c', os: LINUX, ssh: 'c') { nic('eth0', address: '192.0.2.3/24', defaultGateway: '192.0.2.3') }
        host('d', os: LINUX, ssh: 'd') { nic('eth0', defaultGateway: '192.0.2.254/24', dhcp: true) }
        host('e', os: LINUX, ssh: 'e') { nic('eth0', address: '192.0.2.5/24', gateway: '192.0.2.254') }
        host('f', os: FREEBSD, ssh: 'f') { nic('em0', dhcp: V4); nic('em1', address: '192.0.2.6/24', defaultGateway: '192.0.2.254') }
        host('f2', os: FREEBSD, ssh: 'f2') { nic('em0', dhcp: BOTH); nic('em1', dhcp: V6); vlan('em0.5', on: 'em0', id: 5, dhcp: V4, address: ['10.1.9.1/24', 'fd00:9::1/64'], defaultGateway: ['10.1.9.254', 'fd00:9::2']) }
        host('f3', os: FREEBSD, ssh: 'f3') { nic('em0', address: '192.0.2.77/24', defaultGateway: '203.0.113.1'); nic('lo0', address: '192.0.2.99/32', dhcp: V4) }
        host('g', os: LINUX, ssh: 'g') { nic('eth0', address: '2001:db8::1/64', defaultGateway: '::ffff:192.0.2.9') }
        host('h', os: LINUX, ssh: 'h') { nic('eth0', address: '192.0.2.8/24', defaultGateway: '192.0.2.255') }
        host('i', os: LINUX, ssh: 'i') { nic('eth0', address: '192.0.2.17/28'); vlan('eth0.5', on: 'eth0', id: 5, address: '192.0.2.33/28', defaultGateway: '192.0.2.32') }
    }
}
