fabric('x') {
    host('lost', os: LINUX, ssh: 'a')
    site('a') {
        bond('bond0', members: 'eno1')
        host('a-gw', os: LINUX, ssh: 'a') {
            site('b') { }
            end('a-gw', port: 1, address: '10.0.0.1/30')
        }
        tunnel('wg0') { nic('eth0') }
    }
}
site('c') { }
