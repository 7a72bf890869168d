// Parameters that keep something else of the host from working, and parameters of the other system.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            nic('eth0', address: '10.1.0.1/16')
            sysctl('net.ipv4.icmp_echo_ignore_all', 1)
            sysctl('net.ipv6.icmp.echo_ignore_all', 1)
            sysctl('kernel.modules_disabled', 1)
            sysctl('net.inet.ip.forwarding', 1)
            sysctl('kern.ipc.somaxconn', 4096)
        }
        host('plain', os: LINUX, ssh: 'plain') { sysctl('net.ipv4.icmp_echo_ignore_all', 1); sysctl('kernel.modules_disabled', 1) }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b', os: FREEBSD, ssh: 'b') {
            nic('em0', address: '10.2.0.1/16')
            sysctl('net.route.multipath', 0)
            sysctl('net.ipv4.ip_forward', 1)
            sysctl('net.core.rmem_max', 1)
        }
        pair('p', os: FREEBSD) {
            for (n in 1..2) {
                host("p$n", ssh: "p$n") {
                    nic('em0', address: "10.2.1.$n/16")
                    sysctl('net.inet.carp.allow', 0)
                    sysctl('net.inet.carp.preempt', 0)
                    sysctl('kern.securelevel', 3)
                }
            }
            vip(1, on: 'em0', address: '10.2.1.9/16', password: secret('carp'))
            firewall(policy: DROP) { allow(inbound: 'em0') }
        }
    }
    for (n in 0..1) {
        tunnel("wg$n", keepalive: 25) {
            end('a', port: 5000 + n, address: "10.255.${n}.1/30")
            end('b', port: 5000 + n, address: "10.255.${n}.2/30", endpoint: '198.51.100.1')
        }
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'], failover: WATCH)
}
