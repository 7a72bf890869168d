fabric('packets') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('gw', os: LINUX, ssh: 'root@192.0.2.2') {
            nic('eth0', address: ['198.51.100.2/24', '2001:db8:1::2/64'])
            nic('eth1', address: ['10.1.0.1/16', 'fd00:a::1/64'])
            nic('eth2', address: '192.0.2.2/24')
            firewall(policy: REJECT, skip: 'eth2') {
                allow(inbound: 'eth0', proto: ICMP)
                allow(inbound: 'eth1')
                block(inbound: 'eth1', proto: ICMP)
                block(outbound: 'eth0', proto: TCP, port: 25)
            }
        }
    }
}
