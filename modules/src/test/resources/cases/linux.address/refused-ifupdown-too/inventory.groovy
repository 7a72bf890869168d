fabric('one') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@host') {
            nic('eth3', address: '10.7.0.4/24', mtu: 1400)
        }
    }
}
