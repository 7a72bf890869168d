fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'ops@192.0.2.1')
    }
}
