fabric('pair') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'lb1.example') { nic('eth1', address: ['10.1.0.11/16', 'fd00:1::11/64']); nic('eth2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('eth1', address: ['10.1.0.12/16', 'fd00:1::12/64']); nic('eth2', address: '172.31.255.2/30') }
            vip(10, on: 'eth1', address: ['10.1.0.5/16', '10.1.0.1/16', 'fd00:1::1/64'], prefer: 'lb1')
            stateSync(on: 'eth2')
        }
    }
    site('s') { host('s1', os: LINUX, ssh: 's1'); host('s2', os: LINUX, ssh: 's2') }
    hub('wg0', on: 'lb', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '10.1.0.1', key: secret('wg/hub'), keepalive: 25) {
        spoke('s1', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('s2', address: ['10.0.0.3/24', 'fc00::3/64'])
    }
    publish('kept', on: 'lb', address: '10.1.0.1', tcp: 82, to: ['s1'], masquerade: false)
    publish('web', on: 'lb', address: '10.1.0.1', tcp: [81, 83], to: ['s1'], masquerade: true)
}
