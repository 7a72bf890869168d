fabric('x') {
    lan = '10.1.0.0/16'
    site('a', lan: lan) { host('a-gw', os: LINUX, ssh: 'a') { mtu = 1400 } }
}
