fabric('x') {
    site('a', lan: ['10.1.0.0/16', '100.70.0.0/16', 'fd00:2021:1111::/64']) {
        host('g1', os: LINUX, ssh: 'g1') {
            firezoneGateway(token: secret('fz/token'), binary: '../firezone-gateway', sha256: 'e3b0c44298fc1c149afbf4c8996fb924')
            firezoneGateway(token: secret('fz/token'), binary: 'http://dl.example/gw', sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g')
        }
        host('g2', os: LINUX, ssh: 'g2') {
            sysctl('net.ipv4.ip_forward', 0)
            sysctl('net.ipv6.conf.all.forwarding', 0)
            firezoneGateway(token: 't0k3n-of-the-portal', binary: '/opt/firezone-gateway', sha256: '', api: 'https://portal.example', healthPort: 0)
        }
        host('g3', os: LINUX, ssh: 'g3') {
            firezoneGateway(token: secret('fz/token'), binary: 'https://user:word@dl.example/gw', sha256: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855', api: 'wss://portal.example', healthPort: 65536)
            nic('tun-firezone', address: '10.1.0.3/16')
        }
    }
    site('b', lan: '10.2.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f') {
            nic('em0', address: '10.2.0.1/16')
            firezoneGateway(token: secret('fz/token'), binary: 'gw', sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
        }
        host('l', os: LINUX, ssh: 'l') { nic('eth0', address: '10.2.0.2/16') }
    }
    tunnel('wg0', psk: secret('fz/token')) {
        end('l', port: 5000, address: '10.255.0.1/30')
        end('g1', port: 5000, address: '10.255.0.2/30', endpoint: 'g.example')
    }
}
