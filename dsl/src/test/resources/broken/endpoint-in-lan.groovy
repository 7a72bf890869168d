// What site a sends to 10.5.6.7 goes into the tunnels, their own encrypted packets too.
fabric('x') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'a-gw.example') { nic('eth0', address: ['10.2.3.4/24', 'fd00:a::4/64']) }
    }
    site('b', lan: ['10.5.6.0/24', 'fd00:b::/64']) {
        host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth1', address: ['10.5.6.7/24', 'fd00:b::7/64']) }
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: ['10.255.254.2/28', 'fd00:ff::2/126'], endpoint: 'FD00:A::4')
        end('b-gw', port: 5000, address: ['10.255.254.1/28', 'fd00:ff::1/126'], endpoint: '10.5.6.7')
    }
    tunnels('ab', count: 2, ports: 5001..5063, transit: ['10.255.253.0/24', 'fd00:fe::/112']) {
        end('a-gw')
        end('b-gw', endpoint: '10.5.6.99')
    }
    tunnel('aside') {
        end('a-gw', port: 6000, address: '10.255.252.1/30')
        end('b-gw', port: 6000, address: '10.255.252.2/30', endpoint: '10.5.6.7')
    }
    route(between: ['b', 'a'], via: ['wg0', 'ab'])
}
