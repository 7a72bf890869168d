fabric('net') {
    // Everything else that needs these LANs only follows from what is wrong here.
    site('a', lan: '0.0.0.0/0') { host('a-gw', os: LINUX, ssh: 'a.example') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b.example') { nic('eth0', address: '10.2.0.1/16') } }
    tunnel('wg1') {
        end('a-gw', port: 51821, address: '10.255.0.1/30', endpoint: '192.0.2.1')
        end('b-gw', port: 51821, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: 'wg1', everythingFrom: '10.1.0.0/24')
    hub('wg0', on: 'b-gw', port: 51820, address: '10.9.0.1/28', endpoint: '192.0.2.2') {
        spoke('a-gw', address: '10.9.0.2/28', lan: true)
    }
}
