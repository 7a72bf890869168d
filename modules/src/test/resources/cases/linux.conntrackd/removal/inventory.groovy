fabric('lb') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('lb1', os: LINUX, ssh: 'lb1.example') { nic('eth1', address: ['10.1.0.11/16', 'fd00:1::11/64']); nic('eth2', address: '172.31.255.1/30') }
    }
}
