// what a block does not stop: by which the hosts of a pair see each other, and ask their witness
fabric('x') {
    site('dc1') {
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'lb1.example') { nic('eth1', address: ['10.1.0.11/16', 'fd00:1::11/64']); nic('eth2', address: '10.3.0.11/24') }
            host('lb2', ssh: 'lb2.example') { nic('eth1', address: ['10.1.0.12/16', 'fd00:1::12/64']); nic('eth2', address: '10.3.0.12/24') }
            vip(10, on: 'eth1', address: ['10.1.0.1/16', 'fd00:1::1/64'])
            vip(11, on: 'eth2', address: '10.3.0.1/24')
            witness('w', address: '192.0.2.77', on: 'eth1')
            firewall { block(inbound: 'eth1'); block(outbound: 'eth1') }
        }
        pair('lb6', os: LINUX) {
            host('lc1', ssh: 'lc1.example') { nic('eth1', address: 'fd00:1::21/64') }
            host('lc2', ssh: 'lc2.example') { nic('eth1', address: 'fd00:1::22/64') }
            vip(12, on: 'eth1', address: 'fd00:1::2/64')
            witness('w', address: '2001:db8::77')
        }
    }
    site('dc2') {
        host('w', os: LINUX, ssh: 'w.example') {
            nic('eth1', address: ['192.0.2.77/24', '2001:db8::77/64'])
            firewall { block(inbound: 'eth1') }
        }
    }
}
