fabric('packets') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('gw', os: LINUX, ssh: 'root@192.0.2.2') {
            nic('eth0', address: ['198.51.100.2/24', '198.51.100.30/32', '2001:db8:1::2/64'])
            nic('eth1', address: ['10.1.0.1/16', 'fd00:a::1/64'])
            nic('eth2', address: '192.0.2.2/24')
            firewall(log: 'eth0') {
                table('friends', addresses: ['203.0.113.64/26', '2001:db8:9::/48'])
                allow(inbound: 'eth0', proto: TCP, ports: 8000..8010)
                block(inbound: 'eth0', proto: TCP, from: '<friends>', port: 8005)
                allow(inbound: 'eth0', proto: TCP, from: '203.0.113.70', port: 8005)
                allow(inbound: 'eth0', proto: TCP, to: ['10.1.0.80', 'fd00:a::80'], port: 7000)
                block(inbound: 'eth0', proto: TCP, from: ['203.0.113.64/26', '2001:db8:9::/48'], port: 443)
                block(inbound: 'eth0', proto: TCP, from: '<friends>', to: '10.1.0.80', port: 8444)
                block(proto: TCP, port: 22)
                allow(inbound: 'eth1')
                block(outbound: 'eth0', proto: TCP, port: 25)
                block(outbound: 'eth0', proto: TCP, from: '198.51.100.30', port: 26)
                nat(outbound: 'eth0', from: ['10.1.0.0/16', 'fd00:a::/64'])
                nat(outbound: 'eth0', from: '10.1.7.0/24', address: '198.51.100.30')
                redirect(inbound: 'eth0', proto: TCP, address: '198.51.100.2', port: 443, to: '10.1.0.80', toPort: 8443)
                redirect(inbound: 'eth0', proto: TCP, address: '198.51.100.2', port: 444, to: '10.1.0.80', toPort: 8444)
                redirect(inbound: 'eth0', proto: TCP, port: 80, to: '10.1.0.80', toPort: 8080)
                redirect(inbound: 'eth0', proto: TCP, address: '198.51.100.30', port: 80, to: '10.1.0.80', toPort: 8443)
                redirect(inbound: 'eth0', proto: UDP, ports: 5000..5010, to: 'fd00:a::80')
            }
        }
    }
}
