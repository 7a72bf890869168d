fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') {
            nic('igb0', address: '10.9.0.1/24')
        }
    }
}
