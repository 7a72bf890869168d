fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@127.0.0.1') {
            nic('eth0', address: ['198.51.100.2/24', '2001:db8:1::2/64']); nic('lan0', address: ['10.2.3.4/24', 'fd00:a::4/64'])
            firewall(policy: DROP) {
                nat(outbound: 'eth0', from: '10.2.3.0/24')
                redirect(inbound: 'eth0', proto: TCP, port: 443, to: 'fd00:a::80')
            }
        }
    }
}
