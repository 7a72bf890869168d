fabric('slips') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'a-gw.example') {
            nic('eth0', address: '::ffff:10.0.0.1/96')
            nic('eth1', address: '::ffff:10.0.0.1/120')
            nic('eth2', address: '2001:db8::1%eth0/64')
            nic('eth3', address: 'fe80::1%eth0/64')
            nic('eth4', address: '010.2.3.9/24')
            nic('eth5', address: '10.2.3.09', defaultGateway: '010.2.3.1')
            nic('eth6', address: '10.7.3.9/24', defaultGateway: 'fe80::1%eth6')
            nic('eth7', address: '10.8.3.9', defaultGateway: '10.8.3.1/24')
            firewall {
                nat(outbound: 'eth0', from: 'any')
                nat(outbound: 'eth1', from: [])
                allow(inbound: 'eth0', from: 'all', proto: TCP, port: 22)
            }
        }
    }
    site('b', lan: '010.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') } }
    tunnel('near', keepalive: 25) {
        end('a-gw', port: 4000, address: '10.200.0.2')
        end('b-gw', port: 4000, address: '10.200.0.1/30', endpoint: '203.0.113.1')
    }
    tunnel('other', keepalive: 25) {
        end('a-gw', port: 4001, address: ['10.201.0.1/30', 'fd00::1/126'])
        end('b-gw', port: 4001, address: ['10.201.0.9', 'fd00::2'], endpoint: 'fe80::1%eth0')
    }
    tunnel('both', keepalive: 25) {
        end('a-gw', port: 4002, address: '10.202.0.1')
        end('b-gw', port: 4002, address: '10.202.0.2', endpoint: '203.0.113.1')
    }
    hub('wg0', on: 'b-gw', port: 5100, address: '10.9.0.1/28', endpoint: '203.0.113.9', keepalive: 25) {
        spoke('a-gw', address: '10.9.0.2')
        spoke('c-gw', address: '10.9.1.2')
    }
}
