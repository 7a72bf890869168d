fabric('ports') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('igb0', address: '198.51.100.21/24'); nic('igb1', address: '10.1.0.11/16'); nic('igb2', address: '172.31.255.1/30') }
            host('lb2', ssh: 'lb2.example') { nic('igb0', address: '198.51.100.22/24'); nic('igb1', address: '10.1.0.12/16'); nic('igb2', address: '172.31.255.2/30') }
            vip(10, on: 'igb1', address: '10.1.0.1/16', password: secret('carp/lb'), prefer: 'lb1')
            stateSync(on: 'igb2')
            firewall(policy: DROP, skip: 'lo0') {
                for (p in [80, 443, 8080]) { allow(inbound: 'igb0', proto: TCP, to: '198.51.100.30', port: p) }
                allow(inbound: 'igb0', proto: UDP, ports: 33434..33534)
                allow(proto: TCP, from: ['192.0.2.0/24', '192.0.2.7'], port: 179)
                allow(proto: ICMP)
                allow(from: '10.1.0.0/16')
            }
        }
    }
}
