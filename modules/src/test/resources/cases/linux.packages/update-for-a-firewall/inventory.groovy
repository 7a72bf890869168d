fabric('lab') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@127.0.0.1') {
            nic('eth0', address: '198.51.100.2/24')
            firewall(policy: DROP) { allow(inbound: 'eth0', proto: TCP, port: 22) }
        }
    }
}
