fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('r', os: FREEBSD, ssh: 'r') {
            nic('em0', address: '198.51.100.2/24')
            nic('em1', address: '10.1.0.11/16')
            firewall(policy: DENY, skip: ['lo0', 'a name that is long'], log: 'em 0', limits: [states: 0, srcNode: 5]) {
                table('bad name', addresses: '192.0.2.0/24')
                table('batch', addresses: ['203.0.113.7', '203.0.113.9/24'])
                table('batch', addresses: '203.0.113.8')
                allow(inbound: 'em2', from: '<bach>')
                allow(inbound: 'em0', outbound: 'em1', proto: TCP, port: 70000)
                allow(inbound: 'em0', port: 80)
                allow(inbound: 'em0', proto: TCP, port: 80, ports: 80..90)
                allow(inbound: 'em0', proto: UDP, ports: 90..80)
                allow(inbound: 'em0', from: '192.0.2.1', to: 'fd00::1')
                block(inbound: 'em0', from: '192.0.2.300')
                nat(outbound: 'em5', from: 'fd00::/64', address: '198.51.100.2')
                redirect(inbound: 'em0', proto: ICMP, port: 1, to: '10.1.0.5')
                redirect(inbound: 'em0', proto: TCP, address: 'fd00::9', port: 1, to: '10.1.0.5/32', toPort: 0)
                redirect(inbound: 'em0', proto: TCP, to: '10.1.0.5')
            }
            firewall(policy: DROP) { }
        }
        balance('b', on: 'r', inbound: 'em1', from: '10.1.0.0/16', to: '10.9.0.0/24',
                over: ['10.1.0.11', '10.1.0.2', '172.16.0.1'], weights: ['10.1.0.2': 17, '10.1.0.3': 1])
        balance('c', on: 'q', inbound: 'em1', from: 'fd00::/64', to: '10.9.0.0/24', over: '10.1.0.2')
        balance('d', on: 'r', inbound: 'em7', from: '10.1.0.0/16', to: '10.9.0.0/24', over: [])
    }
}
