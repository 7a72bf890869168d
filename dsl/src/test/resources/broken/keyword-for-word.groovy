fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1') {
            package('lldpd')
        }
    }
}
