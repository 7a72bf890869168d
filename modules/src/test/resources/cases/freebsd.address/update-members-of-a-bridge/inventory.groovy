fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') {
            nic('igb1', mtu: 9000)
            nic('igb2', mtu: 9000)
            bridge('bridge0', members: ['igb1', 'igb2'], mtu: 9000, address: '10.1.0.2/16')
        }
    }
}
