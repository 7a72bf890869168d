fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'gw.example') {
            sshd(maxAuthTries: 4)
        }
    }
}
