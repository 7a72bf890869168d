fabric('x') {
    site('a') {
        host('gw', os: LINUX, ssh: 'gw') {
            user('root', keys: [])
            user('Ops')
            user('a', keys: 'ssh-ed25519 AAAA')
            user('b', keys: 'command="/bin/sh" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g x')
            user('c', groups: ['sudo', 'a,b'])
            user('d')
            user('e', sudo: 'yes')
            user('d')
        }
    }
}
