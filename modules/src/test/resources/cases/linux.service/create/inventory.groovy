fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1') {
            file('/etc/systemd/system/probe.service', text: '[Service]\nExecStart=/usr/local/bin/probe\n')
            service('probe', running: true, restartOn: '/etc/systemd/system/probe.service')
        }
    }
}
