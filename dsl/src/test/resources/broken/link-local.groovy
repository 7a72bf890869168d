fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'a') {
            bond('bond0', members: ['eno1', 'eno2'], address: ['10.1.0.1/16', 'fe80::1/64'])
            nic('eth0', address: ['192.0.2.1/24', 'FE80:0::7/64', 'fe81::/64', 'ff02::1/64', '::1/128', '192.0.2.0/24', '192.0.2.255/24'])
        }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) {
        host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: ['10.2.0.1/16', '203.0.113.2/24', '169.254.7.1/16']) }
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: ['169.254.9.1/30', 'fe80::2/64'])
        end('b-gw', port: 5000, address: ['169.254.9.2/30', 'fe80::1/64'], endpoint: 'fe80::1')
    }
    tunnel('wg1') {
        end('a-gw', port: 5001, address: '10.255.1.1/30', endpoint: '192.0.2.255')
        end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: '203.0.113.0')
    }
    tunnels('ab', count: 2, ports: 6000..6010, transit: ['10.255.2.0/24', 'fe80::/64']) {
        end('a-gw')
        end('b-gw', endpoint: 'fe80::2')
    }
}
