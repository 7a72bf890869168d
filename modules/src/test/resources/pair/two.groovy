fabric('two') {
    site('dc1', lan: 'fd00:1::/64') {
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'lb1.example') { nic('eth0', address: '192.0.2.11/24'); nic('eth1', address: 'fd00:1::11/64') }
            host('lb2', ssh: 'lb2.example') { nic('eth0', address: '192.0.2.12/24'); nic('eth1', address: 'fd00:1::12/64') }
            vip(10, on: 'eth1', address: 'fd00:1::1/64', prefer: 'lb1', preempt: true)
            vip(20, on: 'eth0', address: '192.0.2.10/24', prefer: 'lb1', preempt: true)
        }
    }
}
