fabric('management') {
    site('a', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('shut', os: FREEBSD, ssh: 'ops@198.51.100.2:2222') {
            nic('em0', address: '198.51.100.2/24'); nic('em1', address: '10.1.0.1/16')
            firewall(policy: DROP) { allow(inbound: 'em0', proto: ICMP); allow(inbound: 'em0', proto: TCP, port: 22) }
        }
        host('open', os: FREEBSD, ssh: 'ops@198.51.100.3:2222') {
            nic('em0', address: '198.51.100.3/24')
            firewall(policy: DROP) { allow(inbound: 'em0', proto: TCP, from: '203.0.113.7', ports: 2000..3000); block(proto: TCP, from: '203.0.113.0/24') }
        }
        host('closed-after', os: FREEBSD, ssh: 'ops@198.51.100.4') {
            nic('em0', address: '198.51.100.4/24')
            firewall(policy: DROP) { allow(inbound: 'em0'); block(proto: TCP, ports: 20..30) }
        }
        host('only-name', os: FREEBSD, ssh: 'only-name.example') {
            nic('em0', address: ['198.51.100.5/24', '2001:db8::5/64']); nic('em1', address: '10.1.0.5/16')
            firewall(policy: REJECT) { allow(inbound: 'em0', proto: UDP); block(inbound: 'em1', from: '10.1.66.0/24') }
        }
        host('anchored', os: FREEBSD, ssh: 'ops@[2001:db8::6]:22') {
            nic('em0', address: '2001:db8::6/64')
            firewall(ruleset: ANCHOR) { allow(inbound: 'em0', proto: UDP, port: 53); block(to: '2001:db8::/32') }
        }
        host('far', os: FREEBSD, ssh: 'ops@192.0.2.7') {
            nic('em0', address: '198.51.100.7/24')
            firewall(policy: DROP) { block(inbound: 'em0') }
        }
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: '198.51.100.11') { nic('em0', address: '198.51.100.11/24') }
            host('fw2', ssh: '198.51.100.12') { nic('em0', address: '198.51.100.12/24') }
            firewall(policy: DROP) { allow(inbound: 'em0', proto: TCP, to: '198.51.100.11', port: 22); block(proto: UDP); allow(proto: UDP, port: 5001, from: '192.0.2.0/24') }
        }
    }
    site('b') { host('b', os: LINUX, ssh: 'b.example') { nic('eth0', address: '192.0.2.2/24') } }
    tunnel('t0') {
        end('closed-after', port: 5000, address: '10.255.0.1/30', endpoint: '198.51.100.4')
        end('b', port: 5000, address: '10.255.0.2/30')
    }
    for (n in 1..2) {
        tunnel("p$n") {
            end('fw1', port: 5000 + n, address: "10.255.$n.1/30", endpoint: '198.51.100.11')
            end('b', port: 5000 + n, address: "10.255.$n.2/30")
        }
    }
    hub('wg0', on: 'far', port: 1337, address: '10.0.0.1/24', endpoint: '198.51.100.7') { spoke('b', address: '10.0.0.2/24') }
    hub('wg1', on: 'only-name', port: 1338, address: '10.8.0.1/24', endpoint: '2001:db8::5') { spoke('b', address: '10.8.0.2/24') }
    undeclared()
}
