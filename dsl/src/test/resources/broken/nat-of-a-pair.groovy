// A connection that stateSync hands over keeps the address it was translated to.
fabric('net') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        [fw: LINUX, lb: FREEBSD].eachWithIndex { name, system, n ->
            pair(name, os: system) {
                (1..2).each { i ->
                    host("$name$i", ssh: "${name}${i}.example") {
                        nic('eth0', address: ["198.51.100.${10 * n + i}/24", "2001:db8:1::${10 * n + i}/64"])
                        nic('eth1', address: "10.1.${n}.${10 + i}/16")
                        nic('eth2', address: "172.31.${n}.${i}/30")
                    }
                }
                vip(10 + n, on: 'eth0', address: ["198.51.100.${100 + n}/24", "2001:db8:1::${100 + n}/64"], password: secret('carp'))
                stateSync(on: 'eth2')
                firewall {
                    nat(outbound: 'eth0', from: '10.1.0.0/16')
                    nat(outbound: 'eth0', from: 'fd00:a::/64')
                    nat(outbound: 'eth0', from: ['10.5.0.0/16', 'fd00:5::/64'])
                    nat(outbound: 'eth0', from: '10.2.0.0/16', address: "198.51.100.${100 + n}")   // the vip's: good
                    nat(outbound: 'eth1', from: '10.3.0.0/16')                                     // no vip there: nothing better is known
                    nat(outbound: 'eth3', from: '10.4.0.0/16')                                     // no such interface
                }
            }
        }
    }
}
