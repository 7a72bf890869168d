fabric('net') {
    site('hq', lan: '10.1.0.0/16') {
        host('gw', os: LINUX, ssh: 'gw.example') {
            nic('eth0', address: '10.1.0.1/16')
            firewall(policy: DROP) {
                // One address was meant, and two ports.
                allow(inbound: 'eth0', proto: TCP, from: '010.1.0.5', ports: [80, 443])
                allow(inbound: 'eth0', proto: TCP, from: '2001:db8::5%eth0', ports: '80,443')
                allow(inbound: 'eth0', proto: TCP, from: '010.1.7.5/24', port: 22)
                allow(inbound: 'eth0', from: '10%')
            }
        }
    }
    site('branch', lan: '10.2.0.0/16') { host('far', os: LINUX, ssh: 'far.example') { nic('eth0', address: '10.2.0.1/16') } }
    hub('wg0', on: 'gw', port: 51820, address: '10.9.0.1/28', endpoint: '192.0.2.1') {
        spoke('far', address: '10.9.0.2/28')
        peer('phone', publicKey: '/1s7ioxs2DSD+RAxzRHj9HH7qhNmx1kEAfu4W4/kiz0=', address: '010.9.0.3')
    }
}
