fabric('lab') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1')
    }
}
