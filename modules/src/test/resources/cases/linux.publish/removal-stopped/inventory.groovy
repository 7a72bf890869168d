fabric('published') {
    site('edge') {
        host('gw', os: LINUX, ssh: 'ops@192.0.2.2') { nic('eth0', address: ['203.0.113.9/24', '2001:db8::9/64']) }
    }
}
