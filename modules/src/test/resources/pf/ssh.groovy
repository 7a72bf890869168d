fabric('ssh') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('gw', os: FREEBSD, ssh: 'ops@203.0.113.9:2222') {
            nic('em0', address: ['203.0.113.9/24', '2001:db8::9/64']); nic('em1', address: ['10.1.0.1/16', 'fd00:1::1/64']); nic('em2', address: '10.3.0.1/24')
            firewall(policy: DROP) {
                allow(inbound: 'em1')
                allow(inbound: 'em2', proto: TCP, from: '10.3.0.0/24', port: 2222)
                redirect(inbound: 'em2', proto: TCP, port: 22, to: '10.1.0.1', toPort: 2222)
                block(proto: TCP)
                block(from: ['10.0.0.0/8', 'fc00::/7'])
            }
        }
    }
}
