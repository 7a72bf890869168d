fabric('map-keys-twice') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: '192.0.2.1') {
            nic('eth0', address: '10.1.0.1/16')
            firewall(limits: [states: 5, states: 6]) { allow(proto: TCP, port: 22) }
        }
        balance('out', on: 'a', inbound: 'eth0', from: '10.1.0.0/16', to: '10.9.0.0/16', over: ['10.1.0.5', '10.1.0.6'], weights: ['10.1.0.5': 2, '10.1.0.5': 3])
    }
}
