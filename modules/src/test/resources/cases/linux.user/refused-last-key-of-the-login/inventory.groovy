fabric('example') {
    site('a') {
        host('gw', os: LINUX, ssh: 'ops@192.0.2.1') { user('ops') }
    }
}
