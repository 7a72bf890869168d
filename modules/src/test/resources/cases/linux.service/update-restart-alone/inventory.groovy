fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1') {
            file('/etc/lldpd.conf', text: 'configure lldp tx-interval 30\n')
            service('lldpd', restartOn: '/etc/lldpd.conf')
        }
    }
}
