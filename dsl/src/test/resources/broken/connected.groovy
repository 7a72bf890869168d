fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: ['10.1.0.1/16', '10.2.3.4/24', '192.168.0.1/16']); nic('eth1', address: '10.255.0.9/28') }
        host('a-app', os: LINUX, ssh: 'c', gateway: 'a-gw') { bond('bond0', members: ['eno1', 'eno2'], address: '10.2.0.9/16') }
        host('a-other', os: LINUX, ssh: 'd') { nic('eth0', address: '10.2.0.8/16') }
    }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: ['10.2.0.1/16', '10.255.0.2/30']) } }
    tunnel('wg0') { end('a-gw', port: 5000, address: '10.255.0.1/28'); end('b-gw', port: 5000, address: '10.255.0.2/28', endpoint: 'b.example') }
    route(between: ['a', 'b'], via: 'wg0')
}
