fabric('x') {
    site('a')
    tunnel('wg0', keepalive: 10)
    site('b') { host('b', os: LINUX, ssh: 'b') { nic('eth0') { } } }
}
