fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'admin@192.0.2.1') { nic('eth0', address: '10.1.0.1/16') }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'admin@192.0.2.2') { nic('eth0', address: '10.2.0.1/16') }
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg1') {
        end('a-gw', port: 5000, address: '10.255.1.1/30')
        end('b-gw', port: 5000, address: '10.255.1.2/30', endpoint: '192.0.2.2')
    }
    tunnels('ab', count: 2, ports: 4990..5010, transit: '10.254.0.0/24') {
        end('a-gw')
        end('b-gw', endpoint: '192.0.2.2')
    }
    tunnels('cd', count: 2, ports: 5010..5020, transit: '10.253.0.0/24') {
        end('a-gw')
        end('b-gw', endpoint: '192.0.2.2')
    }
}
