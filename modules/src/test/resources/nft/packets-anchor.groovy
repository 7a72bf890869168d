fabric('packets') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('gw', os: LINUX, ssh: 'root@192.0.2.2') {
            nic('eth0', address: ['198.51.100.2/24', '2001:db8:1::2/64'])
            nic('eth1', address: ['10.1.0.1/16', 'fd00:a::1/64'])
            firewall(ruleset: ANCHOR) {
                block(inbound: 'eth0', proto: TCP, ports: 1..1023)
                allow(inbound: 'eth0', proto: TCP, ports: 443..444)
                block(inbound: 'eth0', from: '203.0.113.64/26')
                block(outbound: 'eth0', proto: TCP, port: 25)
                redirect(inbound: 'eth0', proto: TCP, port: 444, to: '10.1.0.80', toPort: 8444)
            }
        }
    }
}
