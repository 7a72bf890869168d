fabric('every-attribute') {
    def prefix = '10.1'
    int first = 5000

    site('a', lan: ["${prefix}.0.0/16", 'fd00:a::/64']) {
        host("a-${'gw'}", os: LINUX, ssh: "admin@192.0.2.${7 + 3}:2222", become: SUDO) {
            bond('bond0', mode: ACTIVE_BACKUP, hash: LAYER2_3, miimon: 50, lacpRate: FAST,
                 members: ["eno${1}", 'eno2'], address: ["${prefix}.0.1/16", 'fd00:a::1/64'], mtu: 9000)
            nic("eth${0}")
            nic('eth1', mtu: 1400)
            sysctl('net.core.rmem_max', 8388608)
            sysctl("net.ipv4.conf.${'bond0'}.rp_filter", "${2}")
            sysctl('net.ipv4.tcp_rmem', '4096 87380 6291456')
        }
        for (n in 1..2) { host("a-app$n", os: LINUX, ssh: "app${n}.example", become: NONE, gateway: 'a-gw') }
        for (n in 3..4) { host("a-app$n", os: n == 3 ? LINUX : FREEBSD, ssh: "app${n}.example") }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) {
        host('b-gw', os: LINUX, ssh: '[2001:db8::2]:22', become: DOAS) {
            nic 'eth0', address: '10.2.0.1/16'
            bgp as: 64_512, announce: ['fd00:b::/65', 'fd00:b:0:0:8000::/65']
        }
    }
    site('c', lan: 'fd00:c::/64') {
        host('c-gw', os: LINUX, ssh: 'c.example') { bgp(as: 4_200_000_000 + 7, announce: ['fd00:c::/64']) }
    }

    [0, 1].each { int k ->
        tunnel("wg$k", keepalive: 25, mtu: 1400, psk: k == 1) {
            end('a-gw', port: first + k, address: ["10.255.${k}.1/30", "fd00:fe:${k}::1/64"])
            end('b-gw', port: first + k, address: ["10.255.${k}.2/30", "fd00:fe:${k}::2/64"], endpoint: endpoint('b'))
        }
    }
    tunnels('ab', count: 2, ports: 6000..6010, transit: ['10.254.0.0/24', 'fd00:fd::/112'], keepalive: 10, mtu: 1380, psk: true) {
        end('a-gw', endpoint: 'a.example')
        end("b-${'gw'}")
    }
    tunnels('cb', count: 1, ports: 6100..6110, transit: ['10.253.0.0/24', 'fd00:ff::/112'], keepalive: 25, psk: secret('vpn/c-b_1.2')) {
        end('c-gw')
        end('b-gw', endpoint: '2001:db8::2')
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1', 'ab'], weights: [wg0: 2, ab: 3], hash: L3, failover: NONE, protocol: STATIC)
    route(between: ['c', 'b'], via: 'cb', protocol: BGP, bfd: true, hold: [cb: 30])
}

String endpoint(String site) { "${site}.example" }
