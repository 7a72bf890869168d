fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'root@192.0.2.1') {
            service('avahi_daemon', enabled: false, running: false)
            service('lldpd', running: true)
        }
    }
}
