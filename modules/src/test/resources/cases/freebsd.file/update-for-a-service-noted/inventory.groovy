fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'root@192.0.2.1') {
            file('/usr/local/etc/snmpd.conf', text: 'sysLocation rack 4\nrocommunity monitoring 192.0.2.0/24\n')
            service('snmpd', restartOn: '/usr/local/etc/snmpd.conf')
        }
    }
}
