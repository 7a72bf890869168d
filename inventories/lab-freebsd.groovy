// The pair of freebsd-lb.groovy on the hosts of `linkctl lab up --freebsd-image FILE`, with two next hops.
fabric('lab-freebsd') {

    site('dc1', lan: '10.1.0.0/16') {

        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1') {
                nic('vtnet1', address: '10.1.0.11/16')
                nic('vtnet2', address: '172.31.255.1/30')
            }
            host('lb2', ssh: 'lb2') {
                nic('vtnet1', address: '10.1.0.12/16')
                nic('vtnet2', address: '172.31.255.2/30')
            }

            vip(10, on: 'vtnet1', address: '10.1.0.1/16', password: secret('carp/lb'), prefer: 'lb1')
            stateSync(on: 'vtnet2')
            proxyArp(on: 'vtnet1', addresses: ['10.1.0.50', '10.1.0.51'])

            // The lab comes by vtnet0, whatever the rules are.
            firewall(policy: DROP, skip: ['lo0', 'vtnet0'], log: 'vtnet1', limits: [states: 16_000]) {
                allow(inbound: 'vtnet1', proto: ICMP)
            }
        }

        balance('to-dc2', on: 'lb', inbound: 'vtnet1', from: '10.1.0.0/16', to: '10.9.0.0/24',
                over: ['10.1.0.2', '10.1.0.3'])
    }
}
