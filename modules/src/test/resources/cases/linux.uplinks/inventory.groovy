fabric('uplinks') {
    site('a', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.2') {
            nic('eth0', address: ['192.0.2.2/24', '2001:db8:a::2/64'], defaultGateway: ['192.0.2.1', '2001:db8:a::1'])
            nic('eth1', address: ['198.51.100.2/24', '2001:db8:b::2/64'], replyTo: ['198.51.100.1', '2001:db8:b::1'])
            nic('lan0', address: ['10.1.0.1/16', 'fd00:1::1/64'])
        }
    }
}
