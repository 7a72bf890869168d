fabric('x') {
    site('a', lna: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a', colour: 'red') {
            bond('bond0', membrs: ['eno1'], mode: LACP)
            nic('eth1', adress: '10.1.0.1/16', mode: LACP)
        }
    }
}
