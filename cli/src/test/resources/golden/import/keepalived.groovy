// Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.
fabric('prod') {
    site('fw') {
        pair('fw', os: LINUX) {
            host('fw-a', ssh: '192.0.2.11') {
                nic('eth0', address: '192.0.2.11/24')
                nic('eth1', address: '10.1.0.11/24')
            }
            host('fw-b', ssh: '192.0.2.12') {
                nic('eth0', address: '192.0.2.12/24')
                nic('eth1', address: '10.1.0.12/24')
            }
            vip(51, on: 'eth1', address: ['10.1.0.1/24', '10.1.0.2/32'], prefer: 'fw-b', interval: 2)
        }
    }
}
