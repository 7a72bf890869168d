fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'root@192.0.2.1') {
            file('/usr/local/etc/lldpd.conf', text: 'configure lldp tx-interval 30\n')
            service('lldpd', restartOn: '/usr/local/etc/lldpd.conf')
        }
    }
}
