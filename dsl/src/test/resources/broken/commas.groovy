fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX ssh: 'admin@192.0.2.1') { nic('eth0') }
    }
}
