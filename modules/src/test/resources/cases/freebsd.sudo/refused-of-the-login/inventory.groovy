fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'ops@192.0.2.1') {
            user('ops', keys: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g ops@admin.example')
        }
    }
}
