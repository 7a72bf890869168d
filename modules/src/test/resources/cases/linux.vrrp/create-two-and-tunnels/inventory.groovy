fabric('edge') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'lb1.example') { nic('eth0', address: '192.0.2.11/24'); nic('eth1', address: '10.1.0.11/16') }
            host('lb2', ssh: 'lb2.example') { nic('eth0', address: '192.0.2.12/24'); nic('eth1', address: '10.1.0.12/16') }
            vip(10, on: 'eth1', address: '10.1.0.1/16', password: secret('carp/lan'))
            vip(20, on: 'eth0', address: '192.0.2.10/24', password: secret('carp/wan'), prefer: 'lb2')
        }
    }
    site('dc2', lan: '10.2.0.0/16') { host('gw2', os: LINUX, ssh: 'gw2.example') { nic('eth0', address: '198.51.100.2/24') } }
    tunnel('ab0') { end('lb1', address: '10.9.0.1/31', port: 51820, endpoint: '192.0.2.11'); end('gw2', address: '10.9.0.0/31', port: 51820, endpoint: '198.51.100.2') }
    tunnel('ab1') { end('lb1', address: '10.9.0.3/31', port: 51821, endpoint: '192.0.2.11'); end('gw2', address: '10.9.0.2/31', port: 51821, endpoint: '198.51.100.2') }
}
