fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'root@192.0.2.1') {
            packages('speedtest')
            user('probe', keys: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g ops')
            timer('speedtest', at: ['23:05', '03:10'], days: ['sun', 'mon'], run: '/usr/local/bin/speedtest', user: 'probe')
        }
    }
}
