fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1')
    }
}
