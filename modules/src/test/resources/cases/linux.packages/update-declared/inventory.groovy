fabric('two') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@host') {
            packages('lldpd', 'unattended-upgrades', 'nftables')
            bond('bond0', mode: LACP, members: ['eth1', 'eth2'], address: '10.2.3.4/24')
        }
    }
    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: LINUX, ssh: 'root@192.0.2.20') { nic('eth1', address: '10.5.6.7/24') }
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: '10.255.254.2/28')
        end('b-gw', port: 5000, address: '10.255.254.1/28', endpoint: '192.0.2.20')
    }
}
