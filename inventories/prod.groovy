// A fleet of several kinds in one file: a bonded Linux site and its plant over three tunnels; a data centre behind a FreeBSD
// pair that balances over VPN gateways, with BGP to the second one; and a pair of Linux routers that publishes a web service
// with two places.
fabric('prod') {

    // The head office: two bonded ports, three tunnels to the plant, one route over all of them.
    site('hq', lan: ['10.2.0.0/16', 'fd00:2::/64']) {
        host('hq-gw', os: LINUX, ssh: 'ops@192.0.2.10') {
            bond('bond0', mode: LACP, hash: LAYER3_4, miimon: 100, lacpRate: FAST,
                 members: ['eth1', 'eth2'], address: ['10.2.0.1/16', 'fd00:2::1/64'])
            sysctl('net.ipv4.tcp_congestion_control', 'bbr')
        }
    }
    site('plant', lan: ['10.3.0.0/16', 'fd00:3::/64']) {
        host('plant-gw', os: LINUX, ssh: 'ops@198.51.100.130') {
            nic('eth1', address: ['10.3.0.1/16', 'fd00:3::1/64'])
        }
    }
    tunnels('hq-plant', count: 3, ports: 5000..5063, transit: ['10.255.0.0/24', 'fd00:ff::/112'], keepalive: 10, psk: true) {
        end('hq-gw')                                                            // behind NAT: it calls
        end('plant-gw', endpoint: '198.51.100.130')
    }
    route(between: ['hq', 'plant'], via: 'hq-plant', hash: L4, failover: WATCH)

    // Two data centres: a FreeBSD pair spreads connections over the VPN gateways, which have BGP between them.
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'ops@192.0.2.21') {
                nic('igb0', address: '198.51.100.21/26')
                nic('igb1', address: '10.1.0.11/16')
                nic('igb2', address: '172.31.255.1/30')
            }
            host('lb2', ssh: 'ops@192.0.2.22') {
                nic('igb0', address: '198.51.100.22/26')
                nic('igb1', address: '10.1.0.12/16')
                nic('igb2', address: '172.31.255.2/30')
            }
            vip(10, on: 'igb1', address: '10.1.0.254/16', password: secret('carp/lb'), prefer: 'lb1')      // CARP
            stateSync(on: 'igb2')                                                                          // pfsync
        }
        for (n in 1..2) {
            host("vpn$n", os: LINUX, ssh: "ops@192.0.2.${30 + n}") {
                nic('eth0', address: "10.1.0.${1 + n}/16")
                bgp(as: 65_001, announce: ['10.1.0.0/16'])
            }
        }
        balance('to-dc2', on: 'lb', inbound: 'igb1', from: '10.1.0.0/16', to: '10.9.0.0/24', over: ['10.1.0.2', '10.1.0.3'])
    }
    site('dc2', lan: '10.9.0.0/24') {
        for (n in 1..2) {
            host("far$n", os: LINUX, ssh: "ops@192.0.2.${40 + n}") {
                nic('eth0', address: "10.9.0.${1 + n}/24")
                bgp(as: 65_002, announce: ['10.9.0.0/24'])
            }
        }
    }
    for (n in 1..2) {
        for (m in 1..2) {                                                       // each gateway to both far ones
            tunnel("dc-link$n$m", keepalive: 25) {
                end("vpn$n", port: 51820 + m, address: "10.254.${n}${m}.1/30", endpoint: "198.51.100.${30 + n}")
                end("far$m", port: 51820 + n, address: "10.254.${n}${m}.2/30", endpoint: "203.0.113.${60 + m}")
            }
        }
    }
    route(between: ['dc1', 'dc2'], via: ['dc-link11', 'dc-link12', 'dc-link21', 'dc-link22'], protocol: BGP, bfd: true)

    // The public service: two Linux routers share the addresses, two web servers dial in.
    site('edge') {
        pair('fw', os: LINUX) {
            host('fw1', ssh: 'ops@203.0.113.33') {
                nic('eth0', address: ['203.0.113.33/28', '2001:db8:4::33/64'])
                nic('eth1', address: '172.31.0.1/30')
            }
            host('fw2', ssh: 'ops@203.0.113.34') {
                nic('eth0', address: ['203.0.113.34/28', '2001:db8:4::34/64'])
                nic('eth1', address: '172.31.0.2/30')
            }
            vip(20, on: 'eth0', address: ['203.0.113.35/28', '2001:db8:4::1337/64'], prefer: 'fw1')        // keepalived
            stateSync(on: 'eth1')                                                                          // conntrackd
        }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'ops@web-ch.example') }
    site('de') { host('web-de', os: LINUX, ssh: 'ops@web-de.example') }
    hub('wg0', on: 'fw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: 'fw.example', key: secret('wg/fw'), keepalive: 25) {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('web-de', address: ['10.0.0.3/24', 'fc00::3/64'])
    }
    publish('web', on: 'fw', address: ['203.0.113.35', '2001:db8:4::1337'], tcp: [80, 443],
            to: ['web-ch', 'web-de'], choose: FIRST_HEALTHY, masquerade: true)
}
