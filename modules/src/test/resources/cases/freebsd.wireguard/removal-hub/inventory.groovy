fabric('ha') {
    site('edge') { host('fw1', os: FREEBSD, ssh: 'ops@198.51.100.2') { nic('em0', address: '203.0.113.33/28') } }
}
