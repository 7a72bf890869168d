// Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.
fabric('prod') {
    site('lb') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') {
                nic('igb0', address: '192.0.2.11/24', defaultGateway: '192.0.2.254')
                nic('igb1', address: '10.9.0.1/24')
            }
            host('lb2', ssh: 'root@lb2.example') {
                nic('igb0', address: '192.0.2.12/24', defaultGateway: '192.0.2.254')
                nic('igb1', address: '10.9.0.2/24')
            }
            vip(10, on: 'igb0', address: '192.0.2.1/24', password: secret('carp/lb-10'), prefer: 'lb2')
            stateSync(on: 'igb1', defer: true, maxUpdates: 64)
        }
    }
}
