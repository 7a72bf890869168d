fabric('x') {
    site('a') {
        host('gw', os: LINUX, ssh: 'gw') {
            file('etc/motd', text: 'x')
            file('/etc/../etc/motd', text: 'x')
            file('/etc/sudoers', text: 'x')
            file('/etc/ssh/sshd_config.d/10-own.conf', text: 'x')
            file('/root/.ssh/authorized_keys', text: 'x')
            file('/var/lib/linkctl/owned/x', text: 'x')
            file('/etc/systemd/system/linkctl-watch.service', text: 'x')
            file('/etc/network/interfaces', text: 'x')
            file('/etc/sysctl.d/10-own.conf', text: 'x')
            file('/etc/none')
            file('/etc/both', text: 'x', from: 'host-files.groovy')
            file('/etc/missing', from: 'files/none.conf')
            file('/etc/outside', from: '../../../../pom.xml')
            file('/etc/secret', text: "password ${secret('x/y')}\n")
            file('/etc/literal', secret: 'pa55word')
            file('/etc/carriage', text: 'a\r\nb\r\n')
            file('/etc/mode', text: 'x', mode: '644')
            file('/etc/number', text: 'x', mode: 420)
            file('/etc/owner', text: 'x', owner: '0', group: 'Staff')
            file('/etc/twice', text: 'x')
            file('/etc/twice', text: 'y')
        }
        host('f', os: FREEBSD, ssh: 'f') {
            file('/etc/pf.conf', text: 'x')
            file('/etc/master.passwd', text: 'x')
            file('/etc/rc.conf.d/netif/own', text: 'x')
        }
    }
}
