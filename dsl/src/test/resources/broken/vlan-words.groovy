fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            bond('bond0', members: ['eno1', 'eno2'], mtu: 9000, address: '192.0.2.1/24')
            nic('eth0')
            vlan('eth0.0', on: 'eth0', id: 0)
            vlan('eth0.4095', on: 'eth0', id: 4095)
            vlan('v1', on: 'eth9', id: 1)
            vlan('v2', on: 'eno1', id: 2)
            vlan('v3', on: 'wg0', id: 3)
            vlan('v4', on: 'lo', id: 4)
            nic('eno1')
            nic('lo', address: '192.0.2.7/32')
            vlan('v5', on: 'eth0', id: 5)
            vlan('v6', on: 'eth0', id: 5)
            vlan('v7', on: 'v5', id: 7)
            vlan('eth0.8', on: 'eth0', id: 9)
            vlan('eth0.10', on: 'bond0', id: 10)
            vlan('eth0', on: 'bond0', id: 11)
            vlan('a name too long', on: 'bond0', id: 12)
            vlan('bond0.13', on: 'bond0', id: 13, mtu: 9001)
            vlan('eth0.14', on: 'eth0', id: 14, mtu: 1504)
            vlan('bond0.15', on: 'bond0', id: 15, mtu: 9000, address: '10.1.0.1/24')
            vlan('lo', on: 'bond0', id: 16)
            nic('bond0.17')
            vlan('bond0.18', on: 'bond0', id: 18, address: '203.0.113.1/24')
            vlan('bond0.20', on: 'bond0', id: 4096)
        }
    }
    site('b', lan: '10.2.0.0/16') { host('b', os: LINUX, ssh: 'b') }
    tunnel('wg0', keepalive: 25) {
        end('a', port: 5000, address: '10.255.0.1/30')
        end('b', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg1', keepalive: 25, mtu: 8960) {
        end('a', port: 5001, address: '10.255.1.1/30', endpoint: '203.0.113.1')
        end('b', port: 5001, address: '10.255.1.2/30', endpoint: '203.0.113.2')
    }
}
