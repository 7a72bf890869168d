fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') {
            nic('igb0', address: ['192.0.2.1/24', '2001:db8::1/64'])
        }
    }
}
