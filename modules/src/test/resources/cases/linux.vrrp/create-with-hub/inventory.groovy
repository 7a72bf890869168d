fabric('lb') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'lb1.example') { nic('eth1', address: ['10.1.0.11/16', 'fd00:1::11/64']); nic('eth2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('eth1', address: ['10.1.0.12/16', 'fd00:1::12/64']); nic('eth2', address: '172.31.255.2/30') }
            vip(10, on: 'eth1', address: ['10.1.0.1/16', 'fd00:1::1/64'], prefer: 'lb1') {
                onMaster('/usr/local/sbin/announce', args: ['10.1.0.1', 'up'])
                onBackup('/usr/local/sbin/announce', args: ['10.1.0.1', 'down'])
            }
            stateSync(on: 'eth2')
            proxyArp(on: 'eth1', addresses: ['10.1.0.50', '10.1.0.51'])
        }
    }
    site('s') { host('s1', os: LINUX, ssh: 's1') }
    hub('wg0', on: 'lb', port: 1337, address: '10.0.0.1/24', endpoint: '10.1.0.1', key: secret('wg/hub'), keepalive: 25) { spoke('s1', address: '10.0.0.2/24') }
}
