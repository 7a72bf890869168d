fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('gw', os: LINUX, ssh: 'a') {
            nic('eth0', address: '10.1.0.1/16')
            nic('eth0', address: '10.1.0.9/16')
            sysctl('net.ipv4.ip_forward', 1)
            sysctl('net.ipv4.ip_forward', '0')
        }
    }
    site('a', lan: '10.3.0.0/16') { host('other', os: LINUX, ssh: 'c') { nic('eth0', address: '10.1.0.1/16'); nic('eth0') } }
    site('b', lan: '10.2.0.0/16') { host('gw', os: LINUX, ssh: 'b') }
    tunnel('wg0') {
        end('gw', port: 5000, address: '10.255.0.1/30')
        end('other', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg0') {
        end('gw', port: 5001, address: '10.255.1.1/30')
        end('other', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.2')
    }
}
