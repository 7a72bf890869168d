fabric('x') {
    String none = null
    site('a', lan: none) {
        host('a', os: LINUX, ssh: none) { nic('eth0', address: [none]) }
    }
}
