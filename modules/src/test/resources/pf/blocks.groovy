fabric('blocks') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: '10.1.0.11/16'); nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('igb0', address: '198.51.100.22/24'); nic('igb1', address: '10.1.0.12/16'); nic('igb2', address: '172.31.255.2/30') }
            firewall(policy: REJECT, skip: ['lo0', 'igb2'], log: 'igb1', limits: [frags: 20_000, states: 1_601_000]) {
                allow(inbound: 'igb1')
                block(inbound: 'igb1', from: '10.1.66.0/24')
                block(outbound: 'igb0', proto: TCP, port: 25)
                allow(outbound: 'igb0', proto: TCP, from: '10.1.0.25', port: 25)
                block(outbound: 'igb0', to: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'])
            }
        }
        balance('to-dc2', on: 'lb', inbound: 'igb1', from: '10.1.0.0/16', to: '10.9.0.0/24',
                over: ['10.1.0.2', '10.1.0.3'])
    }
}
