fabric('lb') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') {
            nic('igb0', address: ['192.0.2.2/24', '2001:db8:a::2/64'], defaultGateway: ['192.0.2.1', '2001:db8:a::1'])
            nic('igb1', address: ['198.51.100.2/24', '2001:db8:b::2/64'], replyTo: ['198.51.100.1', 'fe80::1'])
        }
    }
}
