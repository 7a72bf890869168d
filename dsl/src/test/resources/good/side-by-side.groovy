// What looks like a collision, and is none: nothing of it may be refused or warned of.
fabric('side-by-side') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('a-gw', os: LINUX, ssh: 'ops@192.0.2.2:2222', become: SUDO) {
            bond('bond0', members: ['eno1', 'eno2.5'], address: ['10.1.0.1/16', 'fd00:a::1/64'])
            nic('eth0', address: '192.0.2.2/24')
            nic('eth0.100', address: '10.77.0.1/24')                        // a VLAN of somebody else's
            nic('lo', address: ['198.51.100.77/32', '2001:db8:77::1/128'])
            sysctl('net.ipv4.conf.eth0.forwarding', 0)                      // nothing that is routed comes in there
            sysctl('net.ipv6.conf.eth0.disable_ipv6', 1)
            sysctl('net.ipv4.icmp_echo_ignore_broadcasts', 1)
        }
        host('a-app', os: LINUX, ssh: '192.0.2.2:2223', gateway: 'a-gw') { nic('eth0', address: ['10.1.0.5/16', 'fd00:a::5/64']) }
        pair('one', os: FREEBSD) {
            for (n in 1..2) { host("one$n", ssh: "one$n") { nic('em0', address: "10.1.1.$n/16"); nic('em1', address: "192.168.0.$n/24"); nic('lo1', address: "10.80.0.$n/24") } }
            vip(7, on: 'em0', address: '10.1.1.9/16', password: secret('carp'))
            vip(8, on: 'em0', address: '10.1.1.8/16', password: secret('carp'))
            vip(7, on: 'em1', address: '192.168.0.9/24', password: secret('carp'))      // another network
            proxyArp(on: 'em0', addresses: '10.1.1.50')
        }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) {
        pair('two', os: FREEBSD) { // the same private network and addresses as at the other site
            for (n in 1..2) { host("two$n", ssh: "two$n") { nic('em0', address: "10.2.1.$n/16"); nic('em1', address: "192.168.0.$n/24") } }
            vip(7, on: 'em0', address: '10.2.1.9/16', password: secret('carp'))
            vip(7, on: 'em1', address: '192.168.0.9/24', password: secret('carp'))
        }
        host('b-gw', os: FREEBSD, ssh: 'b-gw') { nic('em0', address: ['10.2.0.1/16', 'fd00:b::1/64']); nic('em0.100'); nic('vlan7', address: '10.78.0.1/24') }
    }
    for (n in 0..1) {
        tunnel("wg$n", keepalive: 25) {
            end('a-gw', port: 5000 + n, address: ["10.255.${n}.1/30", "fd00:f${n}::1/64"])
            end('b-gw', port: 5000 + n, address: ["10.255.${n}.2/30", "fd00:f${n}::2/64"], endpoint: '203.0.113.7')
        }
    }
    tunnel('behind', keepalive: 25) { // one address, two ports: a NAT leads each to its host
        end('a-gw', port: 5009, address: '10.255.9.1/30')
        end('two1', port: 5009, address: '10.255.9.2/30', endpoint: '203.0.113.7')
    }
    for (n in 0..1) {
        hub("hub$n", on: "two${n + 1}", port: 1337 + n, address: "10.250.${n}.1/24", endpoint: '203.0.113.7', keepalive: 25, mtu: 1440) {
            spoke('a-gw', address: "10.250.${n}.2/24"); spoke('one1', address: "10.250.${n}.3/24")
        }
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'], failover: WATCH)
}
