fabric('example') {
    site('a') {
        host('a-gw', os: LINUX, ssh: 'root@198.51.100.2')
    }
}
