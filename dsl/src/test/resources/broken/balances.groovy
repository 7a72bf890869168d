fabric('balances') {
    site('a', lan: ['10.1.0.0/16', 'fd00:1::/64']) {
        host('r', os: FREEBSD, ssh: 'r.example') {
            nic('em0', address: ['198.51.100.2/24', '2001:db8::2/64']); nic('em1', address: ['10.1.0.11/16', 'fd00:1::11/64'])
            firewall(skip: 'em0') { allow(inbound: 'em1') }
        }
        balance('one', on: 'r', inbound: 'em1', from: '10.1.0.0/16', to: ['10.8.0.0/16', '10.9.0.0/16'], over: ['10.1.0.2', '10.1.0.3'])
        balance('same', on: 'r', inbound: 'em1', from: ['10.1.0.0/17', '10.1.128.0/17'], to: '10.8.0.0/15', over: '10.1.0.4')
        balance('within', on: 'r', inbound: 'em1', from: '10.1.7.0/24', to: '10.9.1.0/24', over: '10.1.0.4')
        balance('crossing', on: 'r', inbound: 'em1', from: '10.1.7.0/24', to: ['10.9.1.0/25', '10.20.0.0/16'], over: '10.1.0.5')
        balance('six', on: 'r', inbound: 'em1', from: ['10.3.0.0/16', 'fd00:1::/64'], to: ['10.40.0.0/16', 'fd00:9::/64'], over: ['10.1.0.5', 'fd00:1::2'])
        balance('six-again', on: 'r', inbound: 'em1', from: 'fd00:1::/64', to: 'fd00:9::/64', over: 'fd00:1::3')
        for (n in 1..2) balance("loop$n", on: 'r', inbound: 'em1', from: '10.4.0.0/16', to: '10.41.0.0/16', over: '10.1.0.5')
        balance('own', on: 'r', inbound: 'em1', from: '10.5.0.0/16', to: ['10.1.0.0/16', '198.51.100.2', 'fd00:1::/64', '2001:db8::2'], over: ['10.1.0.5', 'fd00:1::2'])
        balance('special', on: 'r', inbound: 'em1', from: ['10.6.0.0/16', '::ffff:10.6.0.0/112'], to: ['224.0.0.0/8', '169.254.0.0/16', 'ff02::/16', 'fe80::/64'], over: ['10.1.0.5', 'fd00:1::2', '::ffff:10.1.0.6'])
        balance('skipped', on: 'r', inbound: 'em0', from: '10.7.0.0/16', to: '10.42.0.0/16', over: '10.1.0.5')
    }
}
