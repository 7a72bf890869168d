fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'root@192.0.2.1') {
            file('/usr/local/etc/snmpd.conf', secret: secret('snmp/conf'), mode: '0640', group: 'operator')
        }
    }
}
