fabric('hubs-pair') {
    site('edge') {
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'fw1') { nic('em0', address: '203.0.113.2/24') }
            host('fw2', ssh: 'fw2') { nic('em0', address: '203.0.113.3/24') }
        }
        host('gw', os: LINUX, ssh: 'gw') { nic('eth0', address: '203.0.113.9/24'); nic('wg2') }
    }
    site('ch') { host('ch', os: LINUX, ssh: 'ch') { nic('eth0', address: '10.0.0.77/24') } }

    hub('wg0', on: 'fw', port: 1337, address: '10.0.0.1/24', endpoint: '203.0.113.2') { spoke('ch', address: '10.0.0.2/24') }
    hub('wg1', on: 'gw', port: 1337, address: ['10.1.0.1/24', '10.2.0.1/24'], endpoint: '203.0.113.9') { spoke('ch', address: '10.1.0.2/24') }
    hub('wg2', on: 'gw', port: 1338, address: '10.3.0.1/24', endpoint: '203.0.113.9') { spoke('ch', address: '10.3.0.2/24') }
    hub('wg2', on: 'gw', port: 1339, address: '10.4.0.1/24', endpoint: '203.0.113.9') { spoke('ch', address: '10.4.0.2/24') }
    tunnel('wg1') {
        end('gw', port: 1338, address: '10.5.0.1/30', endpoint: '203.0.113.9')
        end('ch', port: 1338, address: '10.5.0.2/30')
    }
}
