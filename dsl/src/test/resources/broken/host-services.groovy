fabric('x') {
    site('a') {
        host('gw', os: LINUX, ssh: 'gw') {
            file('/etc/lldpd.conf', text: 'x')
            service('lld pd', running: true)
            service('lldpd')
            service('keepalived', running: true)
            service('wg-quick@wg0', running: false)
            service('linkctl-watch', running: false)
            service('ssh', running: false)
            service('systemd-networkd.service', enabled: false)
            service('sshd', restartOn: '/etc/lldpd.conf')
            service('snmpd', restartOn: '/etc/lldpd.cnf')
            service('smartd', running: false, restartOn: '/etc/lldpd.conf')
            service('ntpsec', running: true)
            service('ntpsec.service', enabled: true)
            service('cron', running: 'yes')
        }
        host('f', os: FREEBSD, ssh: 'f') {
            service('ntpd@1', running: true)
            service('pf', running: true)
            service('netif', running: false)
        }
    }
}
