fabric('example') {
    site('a') {
        host('h', os: FREEBSD, ssh: 'ops@h.example') { user('ops', sudo: true) }
    }
}
