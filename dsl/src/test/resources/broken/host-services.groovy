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
            service('poweroff.target', running: true)
            service('multi-user.target', enabled: false)
            service('wg-quick.target', running: false)
            service('var-lib.mount', running: false)
            service('ssh.socket', enabled: false)
            service('sshd@.service', enabled: false)
            service('udev', running: false)
            service('systemd-resolved', enabled: false)
            service('NetworkManager-dispatcher.service', enabled: false)
            service('keepalived.service', running: false)
            service('ufw', running: true, enabled: true)
            service('firewalld', running: false, enabled: false)
            service('iptables', restartOn: '/etc/lldpd.conf')
            service('own.timer', enabled: true)
            service('collectd', running: true, restartOn: [])
        }
        host('f', os: FREEBSD, ssh: 'f') {
            service('ntpd@1', running: true)
            service('pf', running: true)
            service('netif', running: false)
            service('ipfw', running: true)
        }
    }
}
