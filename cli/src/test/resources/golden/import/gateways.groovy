// Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.
fabric('prod') {
    site('a-gw', lan: '10.1.0.0/24') {
        host('a-gw', os: LINUX, ssh: 'admin@a-gw.example') {
            nic('eth0', address: '192.0.2.1/24', defaultGateway: '192.0.2.254')
            nic('eth1', mtu: 9000, address: '10.1.0.1/24')
            sysctl('net.ipv4.ip_forward', 1)
            // net.core.rmem_max: 1 in /etc/sysctl.d/60-gw.conf, and the kernel has 212992: sysctl('…') would set what runs, too
            // /etc/sysctl.d/60-gw.conf: net/ipv4/conf/*/rp_filter = 2: a pattern, and sysctl('…') names one parameter; the file stays as it is
            // wg0: PostUp in /etc/wireguard/wg0.conf: linkctl's file, which takes its place, does not say it: what it did lasts until wg0 starts the next time
        }
    }
    site('b-gw', lan: '10.2.0.0/24') {
        host('b-gw', os: LINUX, ssh: '198.51.100.2') {
            nic('eth0', address: '198.51.100.2/24')
            nic('eth1', address: '10.2.0.1/24')
        }
    }
    tunnel('wg0', keepalive: 25) {
        end('a-gw', port: 51820, address: '10.255.0.1/30', endpoint: '192.0.2.1')
        end('b-gw', port: 51820, address: '10.255.0.2/30', endpoint: 'b-gw.example')
    }
    route(between: ['a-gw', 'b-gw'], via: 'wg0', hash: L3)
}
