fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'ops@192.0.2.1') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'ops@192.0.2.1') { nic('eth0', address: '10.2.0.1/16') } }
    tunnel('wg1') { end('a-gw', port: 5000, address: '10.255.0.1/30'); end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: 'b.example') }
    tunnel('ab') { end('a-gw', port: 5001, address: '10.255.1.1/30'); end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: 'b.example') }
    tunnels('ab', count: 2, ports: 6000..6010, transit: '10.254.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('ab1', count: 1, ports: 6100..6110, transit: '10.253.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('wg', count: 3, ports: 6200..6210, transit: '10.252.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('cd', count: 1, ports: 6300..6310, transit: '10.251.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('cd', count: 2, ports: 6400..6410, transit: '10.250.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    route(between: ['a', 'b'], via: 'ab, wg1', weights: [ab: 2])
}
