fabric('several') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'ops@192.0.2.21:2222') {
                nic('vlan10', address: '198.51.100.21/24'); nic('vtnet0.100', address: '10.1.0.11/16'); nic('lagg0', address: '172.31.255.1/30')
            }
            host('lb2', ssh: 'ops@192.0.2.22:2222') {
                nic('vlan10', address: '198.51.100.22/24'); nic('vtnet0.100', address: '10.1.0.12/16'); nic('lagg0', address: '172.31.255.2/30')
            }
            vip(10, on: 'vtnet0.100', address: '10.1.0.1/16', password: secret('carp/in'))
            vip(11, on: 'vtnet0.100', address: '10.1.0.254/16', password: secret('carp/in'), prefer: 'lb2')
            vip(10, on: 'vlan10', address: '198.51.100.20/24', password: secret('carp/out'))
            stateSync(on: 'lagg0', multicast: true)
            firewall(policy: DROP, skip: 'lo0', limits: [srcNodes: 50_000, tableEntries: 400_000]) {
                nat(outbound: 'vlan10', from: '10.1.0.0/16', address: '198.51.100.20')
            }
        }
        for (n in 1..2) {
            balance("to-dc$n", on: 'lb', inbound: 'vtnet0.100', from: '10.1.0.0/16', to: "10.${8 + n}.0.0/16", over: ['10.1.0.2', '10.1.0.3'])
        }
    }
}
