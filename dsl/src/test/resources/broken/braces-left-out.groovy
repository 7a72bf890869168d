int number = 7
fabric('x') {
    site('a') {
        host(number, os: LINUX, ssh: 'h')
        host(number, os: LINUX, ssh: 'i') { }
        pair('p', os: FREEBSD) {
            host(number, ssh: 'p1')
            host('p2', ssh: number)
            vip(number.toString(), on: 'em0', address: '192.0.2.1/24', password: secret('p'))
            vip(1, on: number, address: '192.0.2.2/24', password: secret('p')) { onMaster(number) }
        }
    }
}
