// The link of ecmp.groovy with a FreeBSD gateway at site B, and a FreeBSD host behind it.
fabric('ecmp-mixed') {

    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'admin@192.0.2.10') {
            nic('eth1', address: '10.2.3.4/24')
        }
    }

    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: FREEBSD, ssh: 'admin@203.0.113.1') {
            nic('igb1', address: '10.5.6.7/24')
        }
        host('b-app', os: FREEBSD, ssh: 'admin@203.0.113.2', gateway: 'b-gw') {      // far LANs through b-gw
            nic('igb1', address: '10.5.6.9/24')
        }
    }

    tunnel('wg0', keepalive: 10) {
        end('a-gw', port: 5000, address: '10.255.254.2/28')                     // behind NAT: it calls, nobody calls it
        end('b-gw', port: 5000, address: '10.255.254.1/28', endpoint: '203.0.113.1')
    }
    tunnel('wg1', keepalive: 10) {
        end('a-gw', port: 5001, address: '10.255.253.2/28')
        end('b-gw', port: 5001, address: '10.255.253.1/28', endpoint: '203.0.113.1')
    }

    route(between: ['a', 'b'], via: ['wg0', 'wg1'], failover: WATCH)            // a dead tunnel leaves the route, at both ends
}
