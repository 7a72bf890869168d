fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1') {
            file('/etc/snmp/snmpd.conf', secret: secret('snmp/conf'), mode: '0640', group: 'adm')
        }
    }
}
