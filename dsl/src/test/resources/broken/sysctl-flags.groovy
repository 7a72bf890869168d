fabric('x') {
    site('a') { host('a', os: LINUX, ssh: 'a.example') { sysctl('net.ipv4.ip_forward', true); sysctl('net.ipv4.ip_forward', false); nic(true) } }
}
