fabric('lab') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.10') {
            nic('eth1', address: '10.2.3.4/24')
            sysctl('net.ipv4.conf.eth1.rp_filter', 2)
        }
    }
}
