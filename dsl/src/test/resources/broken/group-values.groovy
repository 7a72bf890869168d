fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16') } }
    tunnels('ab', count: 2, ports: 6000..6010, transit: '224.0.0.0/24', mtu: 10, keepalive: 0) { end('a-gw'); end('b-gw', endpoint: 'b.example:51820') }
    tunnels('cd', count: 2, ports: 6020..6030, transit: '10.1.7.0/24') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('ef', count: 2, ports: 6040..6050, transit: ['10.253.0.0/24', '10.253.0.0/24']) { end('a-gw'); end('b-gw', endpoint: 'b.example'); end('a-gw') }
    tunnels('gh', count: 2, ports: 6060..6070, transit: []) { end('a-gw'); end('b-gw', endpoint: 'b.example') }
    tunnels('ij', count: 2, ports: 6080..<6082, transit: '10.252.0.0/31') { end('a-gw', port: 3); end('b-gw', endpoint: 'b.example', address: 'x') }
    tunnels('kl', count: 2, ports: 6090..6080, transit: 'fd00:ff::/127') { end('a-gw'); end('b-gw', endpoint: 'b.example') }
}
