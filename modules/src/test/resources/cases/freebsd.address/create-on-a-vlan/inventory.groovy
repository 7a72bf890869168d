fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') {
            nic('igb0', mtu: 9000)
            vlan('igb0.10', on: 'igb0', id: 10, mtu: 1500, address: '10.1.0.2/16')
        }
    }
}
