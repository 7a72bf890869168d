fabric('start') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'admin@192.0.2.10') { nic('eth1', address: '10.2.3.4/24') }
    }
    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: LINUX, ssh: 'admin@192.0.2.20') { nic('eth1', address: '10.5.6.7/24') }
    }
    tunnels('ab', count: 3, ports: 5000..5063, transit: '10.255.254.0/24', keepalive: 10) { end('a-gw'); end('b-gw', endpoint: '192.0.2.20') }
    route(between: ['a', 'b'], via: 'ab', hash: L4)
}
