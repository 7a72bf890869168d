fabric('lb') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('igb2', address: '172.31.255.2/30') }
            stateSync(on: 'igb2', defer: true)
        }
    }
}
