fabric('x') {
    site('a') {
        hots('a-gw', os: LINUX, ssh: 'a') { bnod('bond0', members: 'eno1') }
    }
    tunel('wg0') {
        edn('a-gw', port: 5000, address: '10.255.0.1/30')
    }
    frobnicate('y', size: 3)
}
