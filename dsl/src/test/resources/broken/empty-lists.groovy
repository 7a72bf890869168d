// Where nothing that is said means all, an empty list would, too.
fabric('empty-lists') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: '192.0.2.1') {
            nic('eth0', address: '10.1.0.1/16')
            firewall {
                allow(from: [], proto: TCP, port: 22)
                for (n in [80, 443]) block(inbound: 'eth0', to: ['10.1.0.9'].findAll { n == 80 }, proto: TCP, port: n)
            }
        }
        host('f', os: FREEBSD, ssh: '192.0.2.2') {
            nic('em0', address: '10.1.0.2/16')
            firewall(log: 'em1') { allow(inbound: 'em0', from: [], to: []) }
        }
    }
    site('b', lan: '10.2.0.0/16') { host('b', os: LINUX, ssh: '192.0.2.3') { nic('eth0', address: '10.2.0.1/16') } }
    tunnels('w', count: 2, ports: 5000..5001, transit: []) {
        end('a', endpoint: '192.0.2.1')
        end('b', endpoint: '192.0.2.3')
    }
    route(between: ['a', 'b'], via: 'w', everythingFrom: [], prefer: [], failover: WATCH)
}
