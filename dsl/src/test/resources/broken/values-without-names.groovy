fabric('x') {
    site { }
    site('a', 'b') {
        host(os: LINUX, ssh: 'a')
        host('a', 'b', os: LINUX, ssh: 'a') { sysctl('net.ipv4.ip_forward') }
    }
    route('a', between: ['a', 'b'], via: 'wg0')
}
