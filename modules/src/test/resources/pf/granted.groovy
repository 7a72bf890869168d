fabric('granted') {
    site('a', lan: ['10.1.0.0/16', '10.11.0.0/16', 'fd00:1::/64']) {
        host('a-gw', os: FREEBSD, ssh: 'a-gw.example') {
            nic('igb0', address: ['198.51.100.21/24', '2001:db8::21/64']); nic('igb1', address: ['10.1.0.1/16', 'fd00:1::1/64']); nic('igb2', address: '10.11.0.1/16')
            sysctl('net.inet.ip.forwarding', 1)
            firewall(policy: DROP, skip: ['t1']) { allow(inbound: 'igb0', proto: ICMP); block(inbound: 't0', proto: TCP, port: 25) }
        }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:2::/64']) { host('b-gw', os: FREEBSD, ssh: 'b-gw.example') { nic('em1', address: ['10.2.0.1/16', 'fd00:2::1/64']); firewall(policy: DROP) { } } }
    site('c') { host('c-gw', os: FREEBSD, ssh: 'c-gw.example') { nic('em0', address: '192.0.2.3/24'); firewall(policy: REJECT) { } } }
    tunnels('t', count: 4, ports: 5000..5063, transit: ['10.255.0.0/24', 'fd00:ffff::/64'], keepalive: 25) {
        end('a-gw')
        end('b-gw', endpoint: '2001:db8:2::2')
    }
    tunnel('single') {
        end('a-gw', port: 51820, address: '10.254.0.1/30', endpoint: '198.51.100.21')
        end('c-gw', port: 51820, address: '10.254.0.2/30')
    }
    hub('wg7', on: 'a-gw', port: 1337, address: ['10.7.0.1/24', 'fd00:7::1/64'], endpoint: '2001:db8::21', keepalive: 25) {
        spoke('b-gw', address: ['10.7.0.2/24', 'fd00:7::2/64'])
        spoke('c-gw', address: '10.7.0.3/24')
    }
    route(between: ['a', 'b'], via: 't')
}
