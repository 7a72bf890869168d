fabric('lb') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') { nic('igb1', address: ['10.1.0.11/16', 'fd00:1::11/64'], mtu: 9000) }
    }
}
