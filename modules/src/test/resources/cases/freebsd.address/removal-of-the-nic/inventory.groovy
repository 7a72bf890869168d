fabric('lb') {
    site('dc1', lan: '198.51.100.0/24') {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24') }
    }
}
