fabric('lb') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') { nic('igb0', address: '192.0.2.2/24') }
    }
}
