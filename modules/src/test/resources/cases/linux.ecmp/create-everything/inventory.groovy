fabric('lab') {
    site('a', lan: ['10.2.3.0/24', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'root@127.0.0.1') {
            nic('lan0', address: ['10.2.3.4/24', 'fd00:a::4/64'])
            sysctl('net.ipv4.tcp_congestion_control', 'bbr')
            sysctl('net.ipv4.tcp_rmem', '4096 131072 6291456')
        }
    }
    site('b', lan: ['10.5.6.0/24', 'fd00:b::/64']) {
        host('b-gw', os: LINUX, ssh: 'root@127.0.0.1') {
            nic('lan0', address: ['10.5.6.7/24', 'fd00:b::7/64'])
        }
    }
    tunnel('wg0', keepalive: 10) {
        end('a-gw', port: 5000, address: ['10.255.0.1/28', 'fd00:ff::1/112'], endpoint: '10.9.0.1')
        end('b-gw', port: 5000, address: ['10.255.0.2/28', 'fd00:ff::2/112'], endpoint: '10.9.0.2')
    }
    tunnel('wg1', keepalive: 10) {
        end('a-gw', port: 5001, address: ['10.255.1.1/28', 'fd00:ff:0:0:0:0:1:1/112'], endpoint: '10.9.1.1')
        end('b-gw', port: 5001, address: ['10.255.1.2/28', 'fd00:ff:0:0:0:0:1:2/112'], endpoint: '10.9.1.2')
    }
    tunnel('wg2', keepalive: 10) {
        end('a-gw', port: 5002, address: ['10.255.2.1/28', 'fd00:ff:0:0:0:0:2:1/112'], endpoint: '10.9.2.1')
        end('b-gw', port: 5002, address: ['10.255.2.2/28', 'fd00:ff:0:0:0:0:2:2/112'], endpoint: '10.9.2.2')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1', 'wg2'], weights: [wg2: 2], hash: L4, everythingFrom: ['10.2.3.0/25', 'fd00:a::/64'], failover: WATCH)
}
