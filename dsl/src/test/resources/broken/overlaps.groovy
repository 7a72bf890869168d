fabric('x') {
    site('a', lan: ['10.1.0.0/16', '10.1.2.0/24']) { host('a', os: LINUX, ssh: 'a') }
    site('b', lan: '10.0.0.0/8') { host('b', os: LINUX, ssh: 'b') }
    tunnel('wg0') {
        end('a', port: 5000, address: '10.255.0.1/30')
        end('b', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg1') {
        end('a', port: 5001, address: '192.168.0.1/28')
        end('b', port: 5001, address: '192.168.0.2/28', endpoint: '192.0.2.2')
    }
    tunnel('wg2') {
        end('a', port: 5002, address: '192.168.0.5/28')
        end('b', port: 5002, address: '192.168.0.6/28', endpoint: '192.0.2.2')
    }
    tunnels('ab', count: 3, ports: 5100..5110, transit: '192.168.0.0/24') {
        end('a')
        end('b', endpoint: '192.0.2.2')
    }
}
