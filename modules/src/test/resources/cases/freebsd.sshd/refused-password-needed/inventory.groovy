fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'gw.example') {
            sshd(passwordLogin: false)
        }
    }
}
