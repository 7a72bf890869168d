fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-app', os: FREEBSD, ssh: 'root@a-app') {
            nic('igb1', address: ['10.2.3.9/24', 'fd00:a::9/64'])
        }
    }
}
