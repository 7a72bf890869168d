// The link of ecmp-planned.groovy on the hosts of `linkctl lab up`: three bonded ports, three tunnels, one route.
fabric('lab') {

    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'ops@a-gw') {
            bond('bond0', mode: LACP, hash: LAYER3_4, miimon: 100, lacpRate: FAST,
                 members: ['eth1', 'eth2', 'eth3'], address: ['10.2.3.4/24', 'fd00:a::4/64'])
            sysctl('net.ipv4.tcp_congestion_control', 'bbr')
        }
        host('a-app', os: LINUX, ssh: 'ops@a-app', gateway: 'a-gw')
    }

    site('b', lan: ['10.5.6.0/24', 'fd00:b::/64']) {
        host('b-gw', os: LINUX, ssh: 'ops@b-gw') {
            nic('eth1', address: ['10.5.6.7/24', 'fd00:b::7/64'])
        }
    }

    tunnels('ab', count: 3, ports: 5000..5063, transit: ['10.255.254.0/24', 'fd00:ff::/112'], keepalive: 10, psk: true) {
        end('a-gw')
        end('b-gw', endpoint: '203.0.113.1')
    }

    route(between: ['a', 'b'], via: 'ab', hash: L4, failover: WATCH)
}
