fabric('firewall-conflicts') {
    site('edge', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('gw', os: FREEBSD, ssh: 'ops@203.0.113.9:2222') {
            nic('em0', address: ['203.0.113.9/24', '203.0.113.10/24', '2001:db8::9/64']); nic('em1', address: ['10.1.0.1/16', 'fd00:1::1/64']); nic('em2', address: '10.2.0.1/24')
            firewall(skip: ['em2'], limits: [tableEntries: 5]) {
                table('linkctl_mine', addresses: '192.0.2.1')
                table('six', addresses: ['192.0.2.1', '192.0.2.2', '::ffff:192.0.2.3', '2001:db8::/32', '192.0.2.5', '192.0.2.6'])
                allow(inbound: 'em2')
                block(outbound: 'em2', proto: TCP, port: 25)
                nat(outbound: 'em2', from: '10.1.0.0/16')
                redirect(inbound: 'em2', proto: TCP, port: 80, to: '10.1.0.5')
                allow(inbound: 'em0', from: '::ffff:192.0.2.1', to: '::ffff:10.0.0.0/104')
                nat(outbound: 'em0', from: '10.1.0.0/16')
                nat(outbound: 'em0', from: ['10.1.0.0/17', '10.1.128.0/17'], address: '203.0.113.10')
                nat(outbound: 'em0', from: ['10.1.7.0/24', '10.3.0.0/16'])
                nat(outbound: 'em0', from: '::ffff:0:0/96')
                redirect(inbound: 'em0', proto: TCP, port: 8080, to: '10.1.0.5')
                redirect(inbound: 'em0', proto: TCP, ports: 8080..8080, to: '10.1.0.6')
                redirect(inbound: 'em0', proto: TCP, address: '203.0.113.10', ports: 8000..8079, to: '10.1.0.7')
                redirect(inbound: 'em0', proto: TCP, address: '203.0.113.10', ports: 8070..8090, to: '10.1.0.7')
                redirect(inbound: 'em0', proto: TCP, address: '203.0.113.10', port: 443, to: '10.1.0.8', toPort: 8443)
                redirect(inbound: 'em0', proto: TCP, port: 2222, to: '10.1.0.22', toPort: 22)
                redirect(inbound: 'em0', proto: TCP, address: '203.0.113.9', ports: 2200..2300, to: '10.1.0.22')
                redirect(inbound: 'em0', proto: TCP, address: '203.0.113.10', port: 2222, to: '10.1.0.22')
                redirect(inbound: 'em0', proto: UDP, port: 1337, to: '10.1.0.13')
                redirect(inbound: 'em0', proto: UDP, address: '203.0.113.10', ports: 5000..5063, to: '10.1.0.50')
                redirect(inbound: 'em0', proto: UDP, address: '2001:db8::9', port: 6000, to: 'fd00:1::60')
                redirect(inbound: 'em0', proto: TCP, address: '203.0.113.10', port: 25, to: '::ffff:10.1.0.9')
            }
        }
        host('named', os: FREEBSD, ssh: 'named.example') {
            nic('em0', address: '198.51.100.9/24')
            firewall(policy: DROP) { redirect(inbound: 'em0', proto: TCP, ports: 20..25, to: '10.1.0.22') }
        }
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'fw1.example') { nic('em0', address: '192.0.2.2/24') }
            host('fw2', ssh: 'fw2.example') { nic('em0', address: '192.0.2.3/24') }
            vip(1, on: 'em0', address: '192.0.2.10/24', password: secret('carp'))
            vip(2, on: 'em0', address: '192.0.2.11/24', password: secret('carp'), preempt: false)
        }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: '::ffff:192.0.2.99') }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9') { spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64']) }
    hub('wg1', on: 'fw', port: 1338, address: '10.9.0.1/24', endpoint: 'fw.example', key: secret('wg')) { spoke('web-ch', address: '10.9.0.2/24') }
    tunnel('t0') {
        end('gw', port: 5000, address: '10.255.0.1/30', endpoint: '203.0.113.10')
        end('web-ch', port: 5000, address: '10.255.0.2/30')
    }
    tunnel('t1') {
        end('gw', port: 6000, address: 'fd00:ffff::1/126', endpoint: '2001:db8::9')
        end('web-ch', port: 6000, address: 'fd00:ffff::2/126')
    }
    publish('web', on: 'gw', address: ['203.0.113.9', '203.0.113.10', '2001:db8::9'], tcp: [443, 2222], udp: [1337, 6000], to: 'web-ch')
    publish('two', on: 'fw', address: '192.0.2.10', tcp: 22, udp: 1338, to: 'web-ch')
}
