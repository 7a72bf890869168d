fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') } // a { in a comment, and a '
    }
    if (true) {
        ['b', 'c'].each { site("$it { ${it.toString()}") { }

    route(between: ['a', 'b'], via: 'wg0')
    }
}
