fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a') {
            bond('bond0', mode: LACP, miimon 100,
                 members: ['eno1', 'eno2'])
        }
    }
}
