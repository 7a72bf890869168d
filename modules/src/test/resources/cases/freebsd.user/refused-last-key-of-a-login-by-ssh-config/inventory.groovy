fabric('example') {
    site('a') {
        host('gw', os: FREEBSD, ssh: 'gw') { user('ops') }
    }
}
