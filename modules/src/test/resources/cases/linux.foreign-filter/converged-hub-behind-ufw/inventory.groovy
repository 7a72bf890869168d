fabric('lab') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1')
    }
    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: LINUX, ssh: 'root@192.0.2.2')
    }
    hub('wg0', on: 'a-gw', port: 5000, address: '10.255.0.1/24', endpoint: '192.0.2.1') {
        spoke('b-gw', address: '10.255.0.2')
    }
}
