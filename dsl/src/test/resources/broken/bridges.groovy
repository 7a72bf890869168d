fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            bond('bond0', members: ['eno1', 'eno2'])
            nic('eth0', address: '192.0.2.1/24')
            nic('eth1', dhcp: V4)
            nic('eth2', mtu: 1400)
            nic('lo', address: '192.0.2.7/32')
            vlan('v1', on: 'br0', id: 1)
            bridge('br0', members: ['eth0', 'eth1', 'eno1', 'lo', 'wg0', 'br1', 'eth3', 'eth3'])
            bridge('br1', members: ['eth3', 'eth2'], mtu: 1500)
            bridge('br2', members: ['v1', 'v2'])
            vlan('v2', on: 'br2', id: 2)
            bridge('br3', members: 'eth4, eth5')
            bridge('bond0', members: 'eth6')
            bridge('br4', members: 'eth7', stp: 'yes')
            bridge('br5', members: 'eth8', mtu: 9000)
        }
    }
    site('b', lan: '10.2.0.0/16') { host('b', os: LINUX, ssh: 'b') }
    tunnel('wg0', keepalive: 25) {
        end('a', port: 5000, address: '10.255.0.1/30')
        end('b', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
}
