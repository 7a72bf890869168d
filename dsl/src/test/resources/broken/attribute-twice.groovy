fabric('x') {
    site('a') { host('c', os: LINUX, os: FREEBSD, ssh: 'a') }
}
