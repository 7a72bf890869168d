fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') { bond('bond0', members: ['eno1', 'eno2'], address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16') } }
    tunnels('ab', count: 129, ports: 5000..6000, transit: '10.255.0.0/16', keepalive: 10) { end('a-gw'); end('b-gw', endpoint: '203.0.113.1') }
    route(between: ['a', 'b'], via: 'ab')
}
