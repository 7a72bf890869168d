fabric('x') {
    String name = null
    site('a') {
        host('a-gw', os: LINUX, ssh: 'a b')
        host('b-gw', os: LINUX, ssh: "admin@${name.toLowerCase()}")
    }
}
