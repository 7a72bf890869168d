fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1') {
            file('/etc/snmp/snmpd.conf', text: 'sysLocation rack 4\nrocommunity monitoring 192.0.2.0/24\n')
            service('snmpd', restartOn: '/etc/snmp/snmpd.conf')
        }
    }
}
