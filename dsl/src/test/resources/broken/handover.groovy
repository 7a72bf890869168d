fabric('handover') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') {
                nic('em1', address: '10.1.0.11/16')
                nic('em2', address: '172.31.255.1/30')
                nic('em3', address: ['192.168.0.11/24', 'fd00:3::11/64'])
            }
            host('lb2', ssh: 'lb2.example') {
                nic('em1', address: '10.1.0.12/16')
                nic('em2', address: '172.31.255.2/30')
                nic('em4', address: ['192.168.0.12/24', 'fd00:3::12/64'])
            }
            stateSync(on: 'em2')
        }
        balance('to-dc2', on: 'lb', inbound: 'em1', from: '10.1.0.0/16', to: '10.9.0.0/24',
                over: ['10.1.0.2', '192.168.0.1'])
        ['a', 'b'].each { name ->
            balance("six-$name", on: 'lb', inbound: 'em1', from: 'fd00:1::/64', to: "fd00:9:$name::/64", over: ['fd00:3::1'])
        }
    }
}
