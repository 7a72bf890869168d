fabric('tunnels') {
    site('a', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('a-gw', os: FREEBSD, ssh: 'a-gw.example') {
            nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: ['10.1.0.1/16', 'fd00:1::1/64'])
            firewall(policy: DROP) { allow(inbound: 'igb0', proto: UDP, ports: 5000..5001); allow(inbound: 'igb1'); allow(inbound: 'wg0') }
        }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:2::/64']) {
        host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth1', address: '10.2.0.1/16') }
    }
    site('c', lan: '10.3.0.0/16') {
        host('c-gw', os: LINUX, ssh: 'c-gw.example') { nic('eth1', address: '10.3.0.1/16') }
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: ['10.255.0.1/30', 'fd00:ffff::1/126'])
        end('b-gw', port: 5000, address: ['10.255.0.2/30', 'fd00:ffff::2/126'], endpoint: '192.0.2.2')
    }
    tunnel('wg1', mtu: 1380) {
        end('a-gw', port: 5001, address: '10.255.0.5/30')
        end('c-gw', port: 5001, address: '10.255.0.6/30', endpoint: '192.0.2.3')
    }
    route(between: ['a', 'b'], via: 'wg0')
    route(between: ['a', 'c'], via: 'wg1')
}
