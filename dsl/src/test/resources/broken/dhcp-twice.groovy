// Each DHCP server names a default gateway. Of a host with a defaultGateway: that one counts; the errors are those of the last host.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('two', os: LINUX, ssh: 'two') { nic('eth0', dhcp: V4); nic('eth1', dhcp: BOTH); nic('eth2', dhcp: V6) }
        host('families', os: LINUX, ssh: 'families') { nic('eth0', dhcp: V4); nic('eth1', dhcp: V6) }
        host('declared', os: LINUX, ssh: 'declared') {
            nic('eth0', address: '192.0.2.1/24', defaultGateway: '192.0.2.254')
            nic('eth1', dhcp: V4)
            nic('eth2', dhcp: V4)
        }
        host('half', os: LINUX, ssh: 'half') {
            nic('eth0', address: '192.0.2.2/24', defaultGateway: '192.0.2.254')
            nic('eth1', dhcp: BOTH)
            vlan('eth1.5', on: 'eth1', id: 5, dhcp: BOTH)
        }
        for (n in 1..2) host("loop-$n", os: LINUX, ssh: "loop-$n") { for (i in 0..1) nic("eth$i", dhcp: V4) }
        pair('p', os: LINUX) { host('p1', ssh: 'p1') { nic('eth0', dhcp: V4); nic('eth1', dhcp: V4) }; host('p2', ssh: 'p2') }
        host('bsd', os: FREEBSD, ssh: 'bsd') { nic('em0', dhcp: V4); nic('em1', dhcp: V4) }
        host('member', os: LINUX, ssh: 'member') { nic('eth0', dhcp: V4); nic('eth1', dhcp: V4); bond('bond0', members: 'eth1') }
    }
}
