fabric('example') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@198.51.100.2') {
            nic('eth0', address: ['198.51.100.2/24', '2001:db8:1::2/64'])
            nic('eth1', address: ['10.1.0.1/16', 'fd00:a::1/64'])
            firewall(policy: REJECT, skip: 'eth9', log: 'eth0', limits: [states: 500_000]) {
                table('friends', addresses: ['203.0.113.7', '203.0.113.64/26', '2001:db8:9::/48'])
                allow(inbound: 'eth0', proto: TCP, from: '<friends>', port: 22)
                allow(inbound: 'eth0', proto: TCP, ports: 8000..8010)
                block(inbound: 'eth0', proto: TCP, from: ['<friends>', '192.0.2.0/24'], port: 8005)
                allow(inbound: 'eth1')
                block(outbound: 'eth0', proto: UDP, from: '198.51.100.2', port: 53)
                nat(outbound: 'eth0', from: ['10.1.0.0/16', 'fd00:a::/64'])
                nat(outbound: 'eth0', from: '10.1.7.0/24', address: '198.51.100.30')
                redirect(inbound: 'eth0', proto: TCP, address: '198.51.100.2', port: 443, to: '10.1.0.80', toPort: 8443)
                redirect(inbound: 'eth0', proto: UDP, ports: 5000..5010, to: 'fd00:a::80')
            }
        }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'root@203.0.113.9') { nic('eth0', address: '10.2.0.1/16') }
    }
    tunnel('wg0', keepalive: 25) {
        end('a-gw', port: 51820, address: '10.255.0.1/30', endpoint: '198.51.100.2')
        end('b-gw', port: 51821, address: '10.255.0.2/30')
    }
    route(between: ['a', 'b'], via: 'wg0')
}
