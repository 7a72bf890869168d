fabric('named') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a-gw.example') {
            nic('eth0', address: '10.1.0.1/16')
            bond('bond0', members: ['eno1', 'eno1'], address: '10.9.0.4/24', mtu: '9000')
        }
        host('twice', os: LINUX, ssh: 'twice.example') { bond('bond1', members: ['eno1', 'eno2', 'eno1']) }
        host('twice', os: LINUX, ssh: 'twice.example')
    }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b-gw.example') { nic('eth0', address: '10.2.0.1/16') } }
    tunnels('ab', count: 4, ports: 5000..5002, transit: '10.255.254.0/28', keepalive: 70_000, mtu: 10) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    tunnels('many', count: 5000, ports: 6000..6063, transit: ['10.255.253.0/24', 'fd00:fe::/64'], mtu: 1000) {
        end('a-gw')
        end('nowhere', endpoint: '203.0.113.1')
    }
    tunnels('uncounted', ports: 7000..7063, transit: '10.255.252.0/24') {
        end('a-gw')
        end('b-gw')
    }
    for (n in 1..2) tunnels("loop$n", count: 2, ports: 9000..9000, transit: "10.255.$n.0/24", keepalive: 0) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }
    tunnel('t1', keepalive: 25) {
        end('a-gw', port: 65536, address: '10.255.0.1/30')
        end('b-gw', port: 8001, address: '10.255.0.2/30', endpoint: '203.0.113.1')
    }
    tunnel('t1', keepalive: 25) {
        end('a-gw', port: 8002, address: '10.255.3.0/30')
        end('b-gw', port: 8002, address: '10.255.3.2/30', endpoint: '203.0.113.1')
    }
    route(between: ['a', 'b'], via: ['ab0', 'ab3', 'many17', 'many', 'uncounted2', 'loop1', 'loop21', 't1'], weights: [ab1: 2])
    route(between: ['a', 'c'], via: ['ab9', 'manys', 'loop32'])
    route(between: ['a', 'nowhere'], via: [])
    route(between: ['a', 'a'], via: 'nothing')
    group('both', hosts: [])
}
