fabric('labels') {
    site('a') {
        lan: '10.1.0.0/16'
        mtu: 9000
        host('bare') { os: LINUX; ssh: 'bare' }
        host('a-gw', os: LINUX, ssh: 'a-gw.example') {
            nic: 'eth1'
            first: nic('eth0', address: '10.1.0.1/16')
            firewall: { allow(inbound: 'eth0', proto: TCP, port: 22) }
            firewall {
                policy: REJECT
                skip: 'eth0'
                allow(inbound: 'eth0', proto: TCP, port: 22)
            }
            fierwall: 25
            vip: 1
            mtu:
                9000
            outer: for (n in 1..3) { for (m in 1..3) { nic("e$n$m"); continue outer } }
            loop: for (n in 1..3) { nic("f$n") }
            if (true) dhcp: V4
            [1, 2].each { mtu: it }
            packages: ['lldpd']
            a: b: 1
        }
    }
    include 'parts/labelled.groovy'
    tunnels('ab', count: 2, ports: 5000..5063, transit: '10.255.254.0/24') {
        keepalive: 25
        mtu: 1380
        psk: true
        end('a-gw')
        end: 'b-gw'
    }
    tunnel('t') {
        psk: 'the secret itself'
        end('a-gw', port: 6000, address: '10.9.0.1/30')
        end('b-gw', port: 6000, address: '10.9.0.2/30', endpoint: '203.0.113.1')
    }
    tunnel('u', keepalive: 25) {
        psk 'the other secret itself'
        end('a-gw', port: 6001, address: '10.9.0.5/30')
        end('b-gw', port: 6001, address: '10.9.0.6/30', endpoint: '203.0.113.1')
    }
    failover: WATCH
    route(between: ['a', 'b'], via: 'ab')
}
String helper(int n) {
    keepalive: 25
    "eth$n"
}
