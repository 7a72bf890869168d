fabric('x') {
    int number = 7
    def texts = ['10.1.0.0/16']
    site('a', lan: texts) {
        host('a-gw', os: LINUX, ssh: number) {
            nic('eth1', address: texts, mtu: texts)
        }
        host(number, os: LINUX, ssh: 'a')
    }
}
