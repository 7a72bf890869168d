fabric('x') {
    site('a') {
        host('one', os: LINUX, ssh: 'root@192.0.2.1') {
            sshd(rootLogin: NO, passwordLogin: 'no')
        }
        host('two', os: FREEBSD, ssh: 'admin@192.0.2.2') {
            sshd(allowUsers: ['ops', 'Ops', '*', 'ops', 'eve@192.0.2.9'], allowGroups: '!wheel')
            user('backup', keys: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g b')
        }
        host('three', os: LINUX, ssh: 'gw3') {
            sshd(maxAuthTries: 1)
            sshd(maxAuthTries: 21)
        }
        host('four', os: LINUX, ssh: 'gw4') {
            sshd(allowUsers: [], allowGroups: [])
        }
        host('five', os: LINUX, ssh: 'gw5') {
            sshd([:])
        }
        host('six', os: LINUX, ssh: 'gw6') {
            sshd(rootLogin: YES, port: 2222)
            file('/etc/ssh/sshd_config.d/10-own.conf', text: 'X11Forwarding no\n')
        }
    }
}
