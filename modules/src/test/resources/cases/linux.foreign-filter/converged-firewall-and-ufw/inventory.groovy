fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            nic('eth0', address: '192.0.2.1/24'); nic('eth1', address: ['10.2.3.1/24', 'fd00:a::1/64'])
            firewall(policy: DROP) {
                allow(inbound: 'eth0', proto: TCP, port: 22)
                allow(inbound: 'eth0', proto: TCP, to: '10.2.3.9', port: 8080)
                nat(outbound: 'eth0', from: '10.2.3.0/24')
                redirect(inbound: 'eth0', proto: TCP, port: 443, to: '10.2.3.8')
            }
        }
    }
}
