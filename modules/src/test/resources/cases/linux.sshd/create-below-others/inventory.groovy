fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'admin@192.0.2.1') {
            sshd(passwordLogin: false)
        }
    }
}
