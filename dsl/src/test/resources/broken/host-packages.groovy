fabric('x') {
    site('a') {
        host('gw', os: LINUX, ssh: 'gw') {
            packages()
            packages('lldpd', 'snmp d', '--purge')
            packages('tcpdump', 'tcpdump')
            packages('openssh-server-', 'g++')
            packages('mtr', 5)
            packages(['smartmontools', 'chrony'])
            packages(chrony)
        }
        host('f', os: FREEBSD, ssh: 'f') {
            packages('lldpd/0')
            packages('lldpd') { }
        }
    }
}
