fabric('braces-alone') {
    site('edge') {
        host('fw', os: FREEBSD, ssh: 'fw.example') {
            nic('em0')
            firewall { allow(inbound: 'em0', proto: TCP, port: 22) }
        }
        pair('lb', os: FREEBSD) {
            host('lb1', ssh: 'lb1.example') { nic('em0', address: '192.0.2.1/24') }
            host('lb2', ssh: 'lb2.example') { nic('em0', address: '192.0.2.2/24') }
            vip(1, on: 'em0', address: '192.0.2.3/24', password: secret('carp')) { onMaster('/usr/local/sbin/up') }
            firewall { allow(inbound: 'em0', proto: TCP, port: 22) }
        }
    }
}
