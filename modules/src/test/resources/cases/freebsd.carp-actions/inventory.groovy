fabric('lb') {
    site('dc1', lan: '10.1.0.0/16') {
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('vtnet0.100', address: '10.1.0.11/16') }
            host('lb2', ssh: 'lb2.example') { nic('vtnet0.100', address: '10.1.0.12/16') }
            vip(10, on: 'vtnet0.100', address: '10.1.0.1/16', password: secret('carp/lb')) {
                onMaster('/usr/local/sbin/announce', args: ['10.1.0.1', "the master's"])
                onMaster('/usr/local/sbin/tell')
                onBackup('/usr/local/sbin/announce', args: ['10.1.0.1', 'gone'])
            }
            vip(11, on: 'vtnet0.100', address: '10.1.0.2/16', password: secret('carp/lb'))
        }
    }
}
