fabric('x') {
    site('a') { host('h', os: LINUX, ssh: 'h') {
        nic: 'eth0', mtu: 1500
    } }
}
