fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a', os: LINUX, ssh: 'a.example') { nic('eth0', mtu: 0908) } }
}
