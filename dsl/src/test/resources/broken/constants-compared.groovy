fabric('x') {
    site('a') {
        pair('p', os: LINUX) {
            host('one', ssh: '192.0.2.1')
            host('two', ssh: '192.0.2.2')
        }
        def os = FREEBSD
        if (os == 'FREEBSD') host('three', os: os, ssh: '192.0.2.3')
    }
}
