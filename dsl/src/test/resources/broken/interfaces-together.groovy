fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            bond('bond0', members: ['eno1', 'eno2', 'eno1'], address: '10.1.0.1/16')
            bond('bond1', members: ['eno2', 'eno3', 'bond0'])
            bond('wg0', members: 'eno4')
            nic('eno3', address: '10.1.0.2/16')
            nic('eno4', mtu: 9000)
            nic('bond0')
        }
    }
    site('b', lan: '10.2.0.0/16') { host('b', os: LINUX, ssh: 'b') }
    tunnel('wg0') {
        end('a', port: 5000, address: '10.255.0.1/30')
        end('b', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
}
