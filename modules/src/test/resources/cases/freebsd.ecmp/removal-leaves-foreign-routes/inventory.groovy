fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: FREEBSD, ssh: 'root@a-gw') {
            nic('igb1', address: ['10.2.3.4/24', 'fd00:a::4/64'])
        }
    }
}
