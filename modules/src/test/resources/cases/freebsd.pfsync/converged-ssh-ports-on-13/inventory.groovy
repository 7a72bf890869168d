fabric('lb') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') {
                nic('igb1', address: '10.1.0.11/16')
                nic('igb2', address: '172.31.255.1/30')
            }
            host('lb2', ssh: 'lb2.example:2222') {
                nic('igb1', address: '10.1.0.12/16')
                nic('igb2', address: '172.31.255.2/30')
            }
            stateSync(on: 'igb2', defer: true)

            firewall(policy: DROP) {
                redirect(inbound: 'igb1', proto: TCP, port: 8022, to: '10.1.0.12', toPort: 2222)
            }
        }
        balance('to-dc2', on: 'lb', inbound: 'igb1', from: '10.1.0.0/16', to: '10.9.0.0/24', over: ['10.1.0.2', '10.1.0.3'])
    }
}
