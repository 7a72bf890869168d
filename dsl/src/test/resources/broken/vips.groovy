fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1') { nic('em0', address: '10.1.0.11/16'); nic('em2', address: 'fd00:2::1/64') }
            host('lb2', ssh: 'lb2') { nic('em0', address: '10.1.0.12/16'); nic('em2', address: '172.16.0.2/30') }
            vip(10, on: 'em0', address: '10.2.0.1/16', password: secret('carp'))
            vip(10, on: 'em0', address: '10.1.0.3/16', password: secret('carp'))
            vip(11, on: 'em0', address: '10.1.0.12/16', password: secret('carp'))
            vip(12, on: 'em0', address: 'fd00::1/64', password: secret('carp'))
            vip(13, on: 'em0', address: [], password: secret('carp'))
            vip(14, on: 'em0', address: '10.1.0.4/16', password: secret('carp')) {
                onMaster('announce')
                onMaster('/usr/local/sbin/announce up')
                onMaster('/usr/local/sbin/announce', args: ['one', 'two\nlines', 3])
                onBackup('/usr/local/sbin/withdraw', arg: 'em0')
                onInit('/bin/true')
            }
            vip(15, on: 'em0', address: '10.1.0.5/16', password: secret('carp'), onMaster: '/bin/true')
            stateSync(on: 'em2')
            proxyArp(on: 'em0', addresses: ['10.1.0.50', '192.0.2.1'])
            proxyArp(on: 'em2', addresses: '172.16.0.3')
        }
    }
}
