fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') {
        sysctl('net.ipv4.ip_forward', 0)
        sysctl('net/ipv4/ip_forward', 1)
        sysctl('net.ipv4.fib_multipath_hash_policy', '0')
        sysctl('net.ipv4.tcp_congestion_control', '')
        sysctl('net.ipv4.tcp_congestion_control = bbr')
        sysctl('net.ipv4.tcp_congestion_control': 'bbr')
        sysctl(net.ipv4.ip_forward, 1)
        sysctl('net.ipv4.tcp_congestion_control', '../../etc/x')
        sysctl('net.core.default_qdisc', 'fq; reboot')
        sysctl('net.core.rmem_max', 8_388_608L)
        sysctl('net.core.rmem_max', 9_999_999_999)
    } }
}
