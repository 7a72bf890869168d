fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'a') {
            nic('eth0', address: ['10.1.0.1/16', 'fd00:a::1/64'])
            sysctl('net.ipv4.ip_forward', 0)
            sysctl('net.ipv4.conf.all.forwarding', '0')
            sysctl('net.ipv6.conf.all.forwarding', 0)
            sysctl('net.ipv4.fib_multipath_hash_policy', 0)
            sysctl('net.ipv6.fib_multipath_hash_policy', 1)
            sysctl('net.ipv4.conf.wg0.rp_filter', 1)
            sysctl('net.ipv4.conf.wg/1.rp_filter', 1)
            sysctl('net.ipv4.conf.aside.rp_filter', 1)
            sysctl('net.ipv4.conf.all.rp_filter', 1)
        }
        host('a-app', os: LINUX, ssh: 'a-app', gateway: 'a-gw') { sysctl('net.ipv4.ip_forward', 0) }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) {
        host('b-gw', os: LINUX, ssh: 'b') {
            nic('eth0', address: '10.2.0.1/16')
            sysctl('net.ipv4.ip_forward', 1)
            sysctl('net.ipv6.conf.all.forwarding', 0)
            sysctl('net.ipv4.conf.wg0.rp_filter', 0)
        }
        host('b-lb', os: FREEBSD, ssh: 'b-lb') {
            nic('em0', address: '10.2.0.2/16')
            sysctl('net.inet.ip.forwarding', 0)
            sysctl('net.inet6.ip6.forwarding', 0)
        }
        balance('out', on: 'b-lb', inbound: 'em0', from: '10.2.0.0/16', to: '10.9.0.0/24', over: ['10.2.0.8', '10.2.0.9'])
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: ['10.255.0.1/30', 'fd00:f0::1/126'])
        end('b-gw', port: 5000, address: ['10.255.0.2/30', 'fd00:f0::2/126'], endpoint: 'b.example')
    }
    tunnel('wg.1') {
        end('a-gw', port: 5001, address: ['10.255.1.1/30', 'fd00:f1::1/126'])
        end('b-gw', port: 5001, address: ['10.255.1.2/30', 'fd00:f1::2/126'], endpoint: 'b.example')
    }
    tunnel('aside') {
        end('a-gw', port: 5002, address: '10.255.2.1/30')
        end('b-gw', port: 5002, address: '10.255.2.2/30', endpoint: 'b.example')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg.1'], hash: L4)
}
