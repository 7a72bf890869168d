fabric('x') {
    site('a') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            nic('eth0', address: '2001:db8::1/64', defaultGateway: '2001:db8::fe')
        }
    }
}
