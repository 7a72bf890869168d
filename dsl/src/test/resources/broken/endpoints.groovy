fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') } }
    site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: ['10.2.0.1/16', '203.0.113.2/24']) } }
    tunnel('wg0') { end('a-gw', port: 5000, address: '10.255.0.1/30', endpoint: '0.0.0.0'); end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '127.0.0.1') }
    tunnel('wg1') { end('a-gw', port: 5001, address: '10.255.1.1/30', endpoint: '224.0.0.1'); end('b-gw', port: 5001, address: '10.255.1.2/30', endpoint: '::ffff:192.0.2.2') }
    tunnel('wg2') { end('a-gw', port: 5002, address: '10.255.2.1/30', endpoint: '::'); end('b-gw', port: 5002, address: '10.255.2.2/30', endpoint: '10.255.2.2') }
    tunnel('wg3') { end('a-gw', port: 5003, address: '10.255.3.1/30', endpoint: '203.0.113.2'); end('b-gw', port: 5003, address: '10.255.3.2/30') }
    tunnel('wg4') { end('a-gw', port: 5004, address: '10.255.4.1/30', endpoint: ''); end('b-gw', port: 5004, address: '10.255.4.2/30', endpoint: '[2001:db8::1]:5004') }
    tunnel('wg5') { end('a-gw', port: 5005, address: '10.255.5.1/30', endpoint: 'a_gw.example'); end('b-gw', port: 5005, address: '10.255.5.2/30', endpoint: '192.0.2.1/24') }
}
