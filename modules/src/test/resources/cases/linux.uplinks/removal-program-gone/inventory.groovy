fabric('uplinks') {
    site('a', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.2')
    }
}
