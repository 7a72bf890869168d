fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'admin@192.0.2.1') { nic('eth0', address: '10.1.0.1/16') }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'admin@192.0.2.2') { nic('eth0', address: '10.2.0.1/16') }
    }
    tunnels('none', count: 0, ports: 5000..5010, transit: '10.255.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('many', count: 1001, ports: 5100..6200, transit: '10.254.0.0/16') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('few', count: 4, ports: 5700..5702, transit: '10.253.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('tight', count: 5, ports: 5800..5810, transit: ['10.252.0.0/28', 'fd00:ff::/120']) { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('back', count: 2, ports: 5910..5900, transit: '10.251.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('high', count: 2, ports: 65530..65540, transit: '10.250.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('one-end', count: 2, ports: 6000..6010, transit: '10.249.0.0/24') { end('a-gw', endpoint: 'b.example') }
    tunnels('same-host', count: 2, ports: 6100..6110, transit: '10.248.0.0/24') { end('a-gw'); end('a-gw', endpoint: 'b.example') }
    tunnels('deaf', count: 2, ports: 6200..6210, transit: '10.247.0.0/24') { end('a-gw'); end('b-gw') }
    tunnels('fourteen-chars', count: 11, ports: 6300..6320, transit: '10.246.0.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('blocks', count: 2, ports: 6400..6410, transit: ['10.245.0.0/24', '10.244.0.0/24']) { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('unknown', count: 2, ports: 6500..6510, transit: '10.243.0.0/24') { end('a-gww'); end('b-gw', endpoint: 'b.example') }
    route(between: ['a', 'b'], via: ['none', 'deaf', 'missing'])
}
