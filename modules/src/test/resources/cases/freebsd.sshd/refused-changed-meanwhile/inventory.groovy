fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'gw.example') {
            sshd(maxAuthTries: 4)
        }
    }
}
