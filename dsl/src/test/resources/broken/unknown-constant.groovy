fabric('x') {
    site('a') {
        host('a-gw', os: LINUS, ssh: 'a', become: SUDOO) {
            bond('bond0', mode: LCAP, hash: LAYER34, lacpRate: QUICK, members: 'eno1')
            bond('bond1', mode: LAYER2, members: 'eno2')
        }
    }
    route(between: ['a', 'a'], via: 'x', hash: l4, failover: SUDO)
}
