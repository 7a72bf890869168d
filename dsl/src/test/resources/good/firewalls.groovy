fabric('firewalls') {
    site('dc1', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'fw1.example', become: DOAS) {
                nic('em0', address: '198.51.100.2/24'); nic('em1', address: ['10.1.0.2/16', 'fd00:1::2/64']); nic('em2')
            }
            host('fw2', ssh: 'fw2.example') {
                nic('em0', address: '198.51.100.3/24'); nic('em1', address: ['10.1.0.3/16', 'fd00:1::3/64']); nic('em2')
            }
            vip(1, on: 'em1', address: ['10.1.0.1/16', 'fd00:1::1/64'], password: secret('carp/in'), prefer: 'fw2', interval: 2, preempt: false) {
                onMaster('/usr/local/sbin/announce', args: ['em1', 'it\'s up; $(id)']); onMaster('/usr/local/sbin/mail-us')
                onBackup('/usr/local/sbin/announce', args: 'down')
            }
            stateSync(on: 'em2', multicast: true, defer: true, maxUpdates: 64)
            proxyArp(on: 'em1', addresses: '10.1.0.50')
            firewall(policy: REJECT) { allow(inbound: 'em1') }
        }
        host('solo', os: FREEBSD, ssh: 'solo.example') {
            nic('em0', address: '198.51.100.9/24'); nic('em1', address: '10.1.0.9/16')
            firewall(skip: 'lo0', log: 'em0', limits: [states: 1, tableEntries: 8]) {
                table('friends', addresses: ['203.0.113.7', '2001:db8::/32'])
                allow(inbound: 'em0', proto: TCP, from: '<friends>', to: '198.51.100.9', ports: 8000..8010)
                block(outbound: 'em0', proto: UDP, to: ['192.0.2.0/24', '2001:db8:1::/48'], port: 53)
                nat(outbound: 'em0', from: '10.1.0.0/16', address: '198.51.100.9')
                redirect(inbound: 'em0', proto: TCP, address: '198.51.100.9', port: 443, to: '10.1.0.5', toPort: 8443)
            }
        }
        host('guest', os: FREEBSD, ssh: 'guest.example') {
            nic('em0', address: '198.51.100.10/24'); nic('em1', address: '10.1.0.10/16')
            firewall(ruleset: ANCHOR) { allow(inbound: 'em0', proto: TCP, port: 80) }
        }
        host('plain', os: FREEBSD, ssh: 'plain.example') { nic('em1', address: '10.1.0.11/16') }
        balance('guest', on: 'guest', inbound: 'em1', from: '10.1.0.0/16', to: '10.9.0.0/24', over: '10.1.0.4')
        balance('plain', on: 'plain', inbound: 'em1', from: '10.1.0.0/16', to: '10.9.0.0/24', over: '10.1.0.4', ruleset: ANCHOR)
        balance('out', on: 'fw', inbound: 'em1', from: '10.1.0.0/16', to: '10.9.0.0/24', over: ['10.1.0.4', '10.1.0.5'],
                weights: ['10.1.0.4': 2], sticky: true)
    }
}
