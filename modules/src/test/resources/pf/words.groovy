fabric('words') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb1', os: FREEBSD, ssh: 'lb1.example') {
            nic('in', address: '10.1.0.11/16'); nic('out', address: '198.51.100.21/24'); nic('log', address: '192.168.0.5/24')
            firewall(skip: 'log', log: 'out') {
                table('pass', addresses: '203.0.113.7')
                allow(inbound: 'out', from: ['<pass>', '203.0.113.64/26'])
                nat(outbound: 'out', from: '10.1.0.0/16')
                redirect(inbound: 'out', proto: TCP, port: 443, to: '10.1.0.80')
            }
        }
        balance('to-dc2', on: 'lb1', inbound: 'in', from: '10.1.0.0/16', to: '10.9.0.0/24', over: ['10.1.0.2', '192.168.0.1'])
    }
}
