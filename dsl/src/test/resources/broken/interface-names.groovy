fabric('x') {
    site('a') {
        host('a', os: LINUX, ssh: 'a') {
            nic('sixteencharacter')
            nic('eth 0')
            nic('eth/0')
            nic('-eth0')
            nic('..')
            nic('')
            nic('éth0')
            bond('lo', members: ['eno1', 'enp0s31f6sixteen', 'e;reboot'])
            bond('bonding_masters', members: 'eno2')
        }
    }
    tunnel('all') {
        end('a', port: 1, address: '10.255.0.1/30')
        end('a', port: 2, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
}
