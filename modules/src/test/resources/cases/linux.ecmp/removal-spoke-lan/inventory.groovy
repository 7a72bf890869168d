fabric('lab') {
    site('head', lan: '10.1.0.0/24') {
        host('gw', os: LINUX, ssh: 'root@192.0.2.1') { nic('lan0', address: '10.1.0.1/24') }
    }
    site('ch', lan: '10.2.0.0/24') {
        host('ch', os: LINUX, ssh: 'root@192.0.2.3') { nic('lan0', address: '10.2.0.1/24') }
    }
    hub('wg0', on: 'gw', port: 1337, address: '10.0.0.1/24', endpoint: '198.51.100.1', keepalive: 25) {
        spoke('ch', address: '10.0.0.2/24')
    }
}
