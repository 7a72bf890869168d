// Two tunnels whose far ends have names, one with an address, and a hub that is called by its name.
fabric('named') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: FREEBSD, ssh: 'ops@192.0.2.1') { nic('em0', address: '10.1.0.1/16') }
        host('plain', os: FREEBSD, ssh: 'ops@192.0.2.3')
    }
    site('b', lan: '10.2.0.0/16') {
        host('b-gw', os: FREEBSD, ssh: 'ops@192.0.2.2') { nic('em0', address: '10.2.0.1/16') }
    }
    tunnel('wg0', keepalive: 25) {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: 'b.example')
    }
    tunnel('wg1', keepalive: 25) {
        end('a-gw', port: 5001, address: '10.255.1.1/30')
        end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: '192.0.2.2')
    }
    hub('wg2', on: 'b-gw', port: 1337, address: '10.0.0.1/24', endpoint: 'hub.example', keepalive: 25) {
        spoke('a-gw', address: '10.0.0.2/24')
    }
}
