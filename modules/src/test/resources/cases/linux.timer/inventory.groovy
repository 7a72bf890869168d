fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1') {
            timer('speedtest', every: '15m', run: ['/usr/local/bin/speedtest', '--to', 'a b$c%d"e'], user: 'nobody')
        }
    }
}
