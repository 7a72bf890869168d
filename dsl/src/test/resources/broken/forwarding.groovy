fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('a', os: LINUX, ssh: 'a') {
            nic('eth0', address: ['10.1.0.1/16', 'fd00:a::1/64']); nic('eth0.100', address: '10.1.200.1/24'); nic('wan', address: '192.0.2.2/24')
            sysctl('net.ipv4.conf.eth0.forwarding', 0)
            sysctl('net.ipv4.conf.eth0/100.forwarding', 0)
            sysctl('net.ipv4.conf.wan.forwarding', 0)                      // nothing that is routed comes in there
            sysctl('net.ipv4.conf.wg0.forwarding', '0x0')
            sysctl('net.ipv4.conf.aside.forwarding', 0)
            sysctl('net.ipv4.conf.default.forwarding', '00')
            sysctl('net.ipv6.conf.wg1.forwarding', 0)
            sysctl('net.ipv6.conf.wan.forwarding', 0)
            sysctl('net.ipv6.conf.default.forwarding', 0)
            sysctl('net.ipv4.ip_forward', 1); sysctl('net.ipv4.conf.all.forwarding', 0)
            sysctl('net/ipv4/conf/eth0.100/forwarding', 0)
            sysctl('net.ipv4.conf.eth0.100.forwarding', 0)
        }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) {
        host('b', os: FREEBSD, ssh: 'b') {
            nic('em0', address: ['10.2.0.1/16', 'fd00:b::1/64'])
            sysctl('net.inet.ip.forwarding', 0)
            sysctl('net.inet6.ip6.forwarding', '0')
        }
        host('nat', os: FREEBSD, ssh: 'nat') {
            nic('em0', address: '10.2.0.2/16'); nic('em1', address: '198.51.100.2/24')
            sysctl('net.inet.ip.forwarding', 0)
            firewall(policy: DROP) { nat(outbound: 'em1', from: '10.2.0.0/16') }
        }
    }
    for (n in 0..1) {
        tunnel("wg$n", keepalive: 25) {
            end('a', port: 5000 + n, address: ["10.255.${n}.1/30", "fd00:f${n}::1/64"])
            end('b', port: 5000 + n, address: ["10.255.${n}.2/30", "fd00:f${n}::2/64"], endpoint: '198.51.100.1')
        }
    }
    tunnel('aside', keepalive: 25) {
        end('a', port: 5009, address: '10.255.9.1/30')
        end('b', port: 5009, address: '10.255.9.2/30', endpoint: '198.51.100.1')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'])
}
