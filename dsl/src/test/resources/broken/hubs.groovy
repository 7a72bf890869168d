fabric('hubs') {
    site('edge') {
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'fw1') { nic('em0', address: '203.0.113.2/24') }
            host('fw2', ssh: 'fw2') { nic('em0', address: '203.0.113.3/24') }
        }
        host('gw', os: LINUX, ssh: 'gw') { nic('eth0', address: '203.0.113.9/24'); nic('wg9') }
    }
    site('ch', lan: '10.7.0.0/16') { host('ch', os: LINUX, ssh: 'ch') { nic('eth0', address: '10.7.0.1/16') } }
    site('de') { host('de', os: FREEBSD, ssh: 'de') }

    hub('wg0', on: 'fw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64', 'fc00::9/64'], endpoint: '203.0.113.2') {
        spoke('ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('ch', address: '10.0.0.3/24')
        spoke('dee', address: '10.0.0.4/24')
        spoke('de', address: ['10.0.1.2/24', 'fc00::2/64'])
        spoke('fw1', address: '10.0.0.5/25')
    }
    hub('wg1', on: 'gww', port: 1338, address: '10.1.0.1/24', endpoint: 'gw.example', keepalive: 0) {
        spoke('de', address: ['10.1.0.2/24', 'fc01::2/64'])
    }
    hub('wg2', on: 'gw', port: 5000, address: '10.7.3.1/24', endpoint: '10.7.3.9', key: 'gWRtpT42nVfYW6gE6qyMeGSXRTmyNVEMYyMqaESYA1s=') {}
    hub('wg9', on: 'gw', port: 99999, address: '10.2.0.1/24', endpoint: 'gw.example:99') { spoke('ch', addres: '10.2.0.2/24') }
    hub('wg_3', on: 'gw', port: 5000, address: '10.3.0.1/24', endpoint: '10.7.0.1') { spoke('ch', address: '10.3.0.2/24'); spoke('de', address: '10.3.0.3/24') }
    hub('wg_3', on: 'ch', port: 6000, address: '10.4.0.1/24') { spoke('de', address: '10.4.0.2/24') }
    tunnel('wg5') {
        end('gw', port: 5000, address: '10.5.0.1/30', endpoint: '203.0.113.9')
        end('ch', port: 5000, address: '10.5.0.2/30')
    }
}
