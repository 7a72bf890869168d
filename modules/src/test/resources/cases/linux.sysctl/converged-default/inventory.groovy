fabric('lab') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.10') {
            nic('eth1', address: '10.2.3.4/24')
            sysctl('net.ipv4.conf.default.rp_filter', 2)
            sysctl('net.ipv4.conf.eth2.rp_filter', 1)
            sysctl('net.ipv6.neigh.default.gc_thresh3', 4096)
        }
    }
}
