// A vhid is one network's: nobody else has it there, whatever the pair, the interface, the family or the site.
fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        pair('one', os: FREEBSD) {
            host('one1', ssh: 'one1') { nic('em0', address: ['10.1.0.11/16', 'fd00:a::11/64']); nic('em1', address: '192.0.2.2/24'); nic('em2', address: '192.168.5.2/24') }
            host('one2', ssh: 'one2') { nic('em0', address: ['10.1.0.12/16', 'fd00:a::12/64']); nic('em1', address: '192.0.2.3/24'); nic('em2', address: '192.168.5.3/24') }
            vip(1, on: 'em0', address: '10.1.0.1/16', password: secret('carp'))
            vip(1, on: 'em1', address: '192.0.2.1/24', password: secret('carp'))        // another network
            vip(2, on: 'em0', address: '10.1.0.2/16', password: secret('carp'))
            vip(2, on: 'em0', address: '10.1.0.3/16', password: secret('carp'))         // twice on one interface
            vip(3, on: 'em0', address: '10.1.0.4/16', password: secret('carp'))
            vip(4, on: 'em2', address: '192.168.5.1/24', password: secret('carp'))
        }
        pair('two', os: FREEBSD) {
            host('two1', ssh: 'two1') { nic('igb0', address: '10.1.0.21/16'); nic('igb1', address: ['fd00:a::21/64']) }
            host('two2', ssh: 'two2') { nic('igb0', address: '10.1.0.22/16'); nic('igb1', address: ['fd00:a::22/64']) }
            vip(1, on: 'igb0', address: '10.1.0.6/16', password: secret('carp'))        // another pair
            vip(3, on: 'igb1', address: 'fd00:a::3/64', password: secret('carp'))       // by the other family
        }
        pair('narrow', os: FREEBSD) {
            host('narrow1', ssh: 'narrow1') { nic('em0', address: '10.1.7.2/24') }
            host('narrow2', ssh: 'narrow2') { nic('em0', address: '10.1.7.3/24') }
            vip(2, on: 'em0', address: '10.1.7.1/24', password: secret('carp'))         // within the other's prefix
        }
    }
    site('b') {
        pair('far', os: FREEBSD) {
            host('far1', ssh: 'far1') { nic('em1', address: '192.0.2.12/24'); nic('em2', address: '192.168.5.12/24') }
            host('far2', ssh: 'far2') { nic('em1', address: '192.0.2.13/24'); nic('em2', address: '192.168.5.13/24') }
            vip(1, on: 'em1', address: '192.0.2.11/24', password: secret('carp'))       // one prefix at two sites
            vip(4, on: 'em2', address: '192.168.5.11/24', password: secret('carp'))     // a private one may be two
        }
    }
}
