fabric('example') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'root@198.51.100.2') {
            nic('eth0', address: '198.51.100.2/24'); nic('eth1', address: '10.1.0.1/16')
            firewall(ruleset: ANCHOR) {
                block(inbound: 'eth0', proto: TCP, ports: 1..1023)
                allow(inbound: 'eth0', proto: TCP, port: 443)
                block(outbound: 'eth0', to: '192.0.2.0/24')
                redirect(inbound: 'eth0', proto: TCP, port: 443, to: '10.1.0.80')
            }
        }
    }
}
