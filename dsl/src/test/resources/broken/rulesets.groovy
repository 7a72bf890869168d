fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('r', os: FREEBSD, ssh: 'r') {
            nic('em0', address: '198.51.100.2/24'); nic('em1', address: '10.1.0.11/16')
            firewall(ruleset: ANCHOR, policy: DROP, skip: 'lo0', log: 'em0', limits: [states: 5]) { allow(inbound: 'em0') }
        }
        host('s', os: FREEBSD, ssh: 's') { nic('em1', address: '10.1.0.12/16') }
        host('t', os: FREEBSD, ssh: 't') {
            nic('em1', address: '10.1.0.13/16')
            firewall(ruleset: ANCHORS) { allow(inbound: 'em1') }
        }
        balance('one', on: 'r', inbound: 'em1', from: '10.1.0.0/16', to: '10.9.0.0/24', over: '10.1.0.2', ruleset: MAIN)
        balance('two', on: 's', inbound: 'em1', from: '10.1.0.0/16', to: '10.9.0.0/24', over: '10.1.0.2', ruleset: ANCHOR)
        balance('three', on: 's', inbound: 'em1', from: '10.1.0.0/16', to: '10.8.0.0/24', over: '10.1.0.2', ruleset: MAIN)
        balance('four', on: 's', inbound: 'em1', from: '10.1.0.0/16', to: '10.7.0.0/24', over: '10.1.0.2', ruleset: 'ANCHOR')
        balance('five', on: 's', inbound: 'em1', from: '10.1.0.0/16', to: ['10.1.0.0/24', '10.6.0.0/16'], over: '10.1.0.2')
        balance('six', on: 's', inbound: 'em1', from: '10.2.0.0/16', to: ['10.1.0.0/24', '0.0.0.0/0'], over: '10.1.0.2')
    }
}
