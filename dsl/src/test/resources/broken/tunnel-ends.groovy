fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'admin@192.0.2.1') { nic('eth0', address: '10.1.0.1/16') }
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: LINUX, ssh: 'admin@192.0.2.2') { nic('eth0', address: '10.2.0.1/16') }
    }
    tunnel('wg0') {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 5000, address: '10.255.0.2/30')
    }
    tunnel('wg1') { end('a-gw', port: 5001, address: '10.255.1.1/30') }
    tunnel('wg2') {
        end('a-gw', port: 5002, address: '10.255.2.1/30')
        end('a-gw', port: 5003, address: '10.255.2.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg3') {
        end('a-gw', port: 5004, address: '10.255.3.1/30')
        end('b-gw', port: 5004, address: '10.255.3.5/30', endpoint: '192.0.2.2')
    }
    tunnel('wg4') {
        end('a-gw', port: 5005, address: '10.255.4.1/30')
        end('b-gw', port: 5005, address: '10.255.4.2/29', endpoint: '192.0.2.2')
    }
    tunnel('wg5') {
        end('a-gw', port: 5006, address: '10.255.5.1/30')
        end('b-gw', port: 5006, address: '10.255.5.1/30', endpoint: '192.0.2.2')
    }
    tunnel('wg6') {
        end('a-gw', port: 5007, address: ['10.255.6.1/30', 'fd00:6::1/126'])
        end('b-gw', port: 5007, address: '10.255.6.2/30', endpoint: '192.0.2.2')
    }
    tunnel('wg7') {
        end('a-gw', port: 5008, address: ['10.255.7.1/30', '10.255.7.2/30'])
        end('b-gw', port: 5008, address: [], endpoint: '192.0.2.2')
    }
    tunnel('wg8') { }
}
