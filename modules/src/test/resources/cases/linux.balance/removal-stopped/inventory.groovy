fabric('balanced') {
    site('dc1', lan: '10.1.0.0/16') {
        host('lb', os: LINUX, ssh: 'ops@192.0.2.21') { nic('eth1', address: '10.1.0.11/16') }
    }
}
