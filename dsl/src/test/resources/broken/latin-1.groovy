fabric('x') {
    site('a') { host('köln', os: LINUX, ssh: 'x') }
}
