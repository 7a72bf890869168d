fabric('x') {
    site('a') {
        host('one', os: LINUX, ssh: 'root@192.0.2.1') { sshd(rootLogin: NO) }
        host('two', os: FREEBSD, ssh: 'admin@192.0.2.2') { sshd(allowUsers: 'ops', rootLogin: NO) }
        host('three', os: FREEBSD, ssh: 'toor@192.0.2.3') { sshd(allowUsers: ['ops', 'toor'], rootLogin: NO) }
        host('four', os: LINUX, ssh: 'root@192.0.2.4') { sshd(rootLogin: KEYS, allowUsers: 'root', passwordLogin: false) }
        pair('lb', os: LINUX) {
            host('lb1', ssh: 'root@192.0.2.5') { sshd(allowUsers: 'ops') }
            host('lb2', ssh: 'root@192.0.2.6') { sshd(allowUsers: ['ops', 'root']) }
        }
    }
}
