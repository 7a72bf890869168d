fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') {
            bridge('bridge0', address: '10.1.0.2/16')
        }
    }
}
