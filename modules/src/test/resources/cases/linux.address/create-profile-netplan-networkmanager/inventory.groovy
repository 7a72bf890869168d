fabric('dropin') {
    site('a', lan: '10.7.0.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@host') {
            nic('eth3', address: ['10.7.0.4/24', 'fd00:7::4/64'], mtu: 1400)
        }
    }
}
