fabric('x') {
    site('a', lan: 5) {
        host('a-gw', os: 'LINUX', ssh: 22, become: true) {
            bond('bond0', members: ['eno1', 2], miimon: '100', mtu: 'big')
            nic('eth1', address: ['10.1.0.1/16', 7], mtu: 9000.5)
            sysctl('net.ipv4.ip_forward', true)
        }
    }
    tunnel('wg0', keepalive: '10', psk: 'yes') {
        end('a-gw', port: '5000', address: '10.255.0.1/30')
    }
    tunnels('ab', count: '3', ports: 5000, transit: '10.255.254.0/24') { end('a-gw') }
    route(between: 'a', via: 'ab', weights: 2, failover: 'WATCH')
}
