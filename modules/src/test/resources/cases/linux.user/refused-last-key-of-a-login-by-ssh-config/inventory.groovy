fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'gw') { user('ops') }
    }
}
