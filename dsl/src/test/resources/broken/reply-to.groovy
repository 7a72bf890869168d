fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            nic('eth0', address: '192.0.2.1/24', defaultGateway: '192.0.2.254', replyTo: '192.0.2.253')
            nic('eth1', address: '198.51.100.1/24', replyTo: ['198.51.100.254', '198.51.100.253'])
            nic('eth2', dhcp: BOTH, replyTo: 'fe80::1')
            nic('eth3', address: '203.0.113.1/24', replyTo: ['203.0.113.254', 'fe80::1'])
            nic('eth4', replyTo: '203.0.113.254')
            nic('lo', address: '192.0.2.7/32', replyTo: '192.0.2.7')
            nic('eth5')
            bridge('br0', members: ['eth5', 'eth6'])
            nic('eth6', replyTo: 'fe80::1')
        }
        host('b', os: LINUX, ssh: 'b') { for (n in 0..1) { nic("eth$n", address: "192.0.2.${n + 8}/24", replyTo: '203.0.113.1') } }
        host('c', os: LINUX, ssh: 'c') { nic('eth0', address: '192.0.2.3/24', replyTo: '192.0.2.3') }
        host('d', os: LINUX, ssh: 'd') { nic('eth0', address: '192.0.2.4/24', replyTo: '192.0.2.254/24') }
        host('e', os: LINUX, ssh: 'e') { nic('eth0', address: '192.0.2.5/24', replyTo: true) }
        host('g', os: LINUX, ssh: 'g') { nic('eth0', address: '2001:db8::1/64', replyTo: '::ffff:192.0.2.9') }
        host('h', os: LINUX, ssh: 'h') { bond('bond0', members: 'eth0', address: '192.0.2.6/24', replyTo: '192.0.2.255') }
        host('i', os: LINUX, ssh: 'i') { nic('eth0', address: '192.0.2.17/28'); vlan('eth0.5', on: 'eth0', id: 5, address: '192.0.2.33/28', replyTo: '192.0.2.32') }
        host('j', os: LINUX, ssh: 'j') {
            nic('eth0', address: '192.0.2.129/26', defaultGateway: '192.0.2.190')
            nic('eth1', address: '192.0.2.130/26', replyTo: '192.0.2.190')
            nic('eth2', address: '198.51.100.65/26', replyTo: '198.51.100.126')
            bridge('br0', address: '198.51.100.66/26', replyTo: '198.51.100.126')
        }
        host('k', os: LINUX, ssh: 'k') { nic('eth1', address: '198.51.100.3/24', replyTo: '198.51.100.254'); sysctl('net.ipv4.conf.eth1.rp_filter', 1) }
        host('f', os: FREEBSD, ssh: 'f') { nic('em1', address: '203.0.113.33/28', replyTo: '203.0.113.34'); firewall(ruleset: ANCHOR) { allow(inbound: 'em1', proto: TCP, port: 443) } }
        host('f2', os: FREEBSD, ssh: 'f2') { nic('em1', address: '203.0.113.49/28', replyTo: '203.0.113.50'); firewall(skip: 'em1') { allow(proto: TCP, port: 443) } }
        host('f3', os: FREEBSD, ssh: 'f3') { nic('em1', address: ['203.0.113.65/28', '2001:db8:3::1/64'], replyTo: ['203.0.113.66', '2001:db8:3::2']); nic('em2', address: '10.1.0.1/16') }
        balance('web', on: 'f3', inbound: 'em1', from: '0.0.0.0/0', to: '10.9.0.0/24', over: ['10.1.0.2', '10.1.0.3'])
        host('f5', os: FREEBSD, ssh: 'f5') {
            nic('em0', address: '203.0.113.81/28', defaultGateway: '203.0.113.82'); nic('em1', address: '203.0.113.97/28', replyTo: '203.0.113.98')
            firewall(skip: 'em0') { allow(proto: TCP, port: 443) }
        }
        host('f4', os: FREEBSD, ssh: 'f4') { nic('em0', dhcp: V4, replyTo: '192.0.2.1') }
    }
}
