fabric('within') {
    site('a', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('a-gw', os: FREEBSD, ssh: 'ops@192.0.2.21') {
            nic('igb0', address: ['198.51.100.21/24', '2001:db8::21/64']); nic('igb1', address: ['10.1.0.11/17', 'fd00:1::11/64']); nic('igb2', address: '10.1.200.1/31')
        }
        balance('all', on: 'a-gw', inbound: 'igb1', from: ['10.1.0.0/16', 'fd00:1::/64'], to: ['0.0.0.0/0', '::/0'], over: ['10.1.0.2', '10.1.0.3', 'fd00:1::2'])
        balance('private', on: 'a-gw', inbound: 'igb1', from: '10.1.0.0/16', to: ['10.0.0.0/8', '10.1.64.0/18', '10.2.7.0/24'], over: '10.1.0.4')
        balance('far', on: 'a-gw', inbound: 'igb1', from: ['10.1.7.0/24', 'fd00:1::/64'], to: ['10.2.0.0/16', 'fd00:2::/64'], over: ['10.255.0.2', 'fd00:ffff::2'])
        balance('unique-local', on: 'a-gw', inbound: 'igb1', from: 'fd00:1::/64', to: 'fd00::/8', over: 'fd00:1::4')
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:2::/64']) { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth1', address: '10.2.0.1/16') } }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: ['10.255.0.1/30', 'fd00:ffff::1/126'])
        end('b-gw', port: 5000, address: ['10.255.0.2/30', 'fd00:ffff::2/126'], endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: 'wg0')
}
