fabric('everything') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        pair('gw', os: LINUX) {
            host('gw1', ssh: 'root@198.51.100.2:2222') {
                nic('eth0', address: ['198.51.100.2/24', '2001:db8:1::2/64']); nic('eth1.7', address: ['10.1.0.1/16', 'fd00:a::1/64'])
            }
            host('gw2', ssh: 'root@198.51.100.3') {
                nic('eth0', address: ['198.51.100.3/24', '2001:db8:1::3/64']); nic('eth1.7', address: ['10.1.0.2/16', 'fd00:a::2/64'])
            }
            stateSync(on: 'eth1.7', multicast: true)
            firewall(policy: REJECT, skip: ['eth8', 'docker0'], log: 'eth0') {
                table('set', addresses: ['203.0.113.7', '203.0.113.0/28', '203.0.113.16/28', '2001:db8:9::/48'])
                table('empty', addresses: [])
                table('every-one', addresses: ['0.0.0.0/0', '::/0'])
                table('v6', addresses: '2001:db8::/32')
                allow(from: '<set>')
                allow(inbound: 'eth0', from: '<empty>', port: 1, proto: TCP)
                allow(from: '<every-one>', proto: UDP, port: 53)
                block(inbound: 'eth0', from: ['<set>', '<v6>', '192.0.2.1'], to: ['198.51.100.2', '2001:db8:1::2'], proto: ICMP)
                allow(inbound: 'eth1.7', to: '0.0.0.0/0')
                block(outbound: 'eth1.7', from: '<every-one>', to: '<empty>')
                allow(outbound: 'eth0', proto: ICMP)
                block(outbound: 'eth0', from: ['198.51.100.2', '2001:db8:1::2'], to: '<set>')
                nat(outbound: 'eth0', from: ['0.0.0.0/0', '::/0'])
                nat(outbound: 'eth0', from: ['10.1.0.0/24', '10.1.2.0/24'], address: '198.51.100.3')
                redirect(inbound: 'eth0', proto: TCP, port: 80, to: 'fd00:a::80', toPort: 8080)
                redirect(inbound: 'eth0', proto: UDP, address: '2001:db8:1::2', ports: 5000..5010, to: 'fd00:a::80')
                redirect(inbound: 'eth0', proto: UDP, ports: 5000..5010, to: '10.1.0.80', toPort: 5000)
            }
        }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) { host('b-gw', os: LINUX, ssh: 'root@203.0.113.9') { nic('eth0', address: ['10.2.0.1/16', 'fd00:b::1/64']) } }
    tunnel('wg-0', keepalive: 25) {
        end('gw1', port: 51820, address: ['10.255.0.1/30', 'fd00:ff::1/126'], endpoint: '198.51.100.2')
        end('b-gw', port: 51821, address: ['10.255.0.2/30', 'fd00:ff::2/126'])
    }
    hub('wg1', on: 'gw', port: 51900, address: ['10.254.0.1/24', 'fd00:fe::1/64'], endpoint: 'gw.example', key: secret('wg/gw'), keepalive: 25) { spoke('b-gw', address: ['10.254.0.2/24', 'fd00:fe::2/64']) }
    route(between: ['a', 'b'], via: 'wg-0')
}
