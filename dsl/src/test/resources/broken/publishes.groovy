fabric('publishes') {
    site('edge') {
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'fw1') { nic('em0', address: '203.0.113.2/24') }
            host('fw2', ssh: 'fw2') { nic('em0', address: '203.0.113.3/24') }
            vip(20, on: 'em0', address: '203.0.113.5/24', password: secret('carp'))
            firewall(skip: ['wg0']) { allow(inbound: 'em0') }
        }
        host('lx', os: LINUX, ssh: 'lx') { nic('eth0', address: '203.0.113.9/24') }
        host('bare', os: FREEBSD, ssh: 'bare') { nic('em0', address: '203.0.113.10/24'); sysctl('net.inet.ip.forwarding', 0) }
    }
    site('ch') { host('ch', os: LINUX, ssh: 'ch') }
    site('de') { host('de', os: LINUX, ssh: 'de') }
    hub('wg0', on: 'fw', port: 1337, address: '10.0.0.1/24', endpoint: '203.0.113.5', key: secret('wg')) { spoke('ch', address: '10.0.0.2/24') }
    hub('wg1', on: 'lx', port: 1337, address: '10.1.0.1/24', endpoint: '203.0.113.9') { spoke('ch', address: '10.1.0.2/24') }

    publish('web', on: 'fw', address: '203.0.113.5', tcp: [80, 443, 80], to: ['ch', 'de', 'ch'])
    publish('late', on: 'fw', address: ['203.0.113.2'], udp: [53, '5353', 70000], to: 'ch', masquerade: false)
    publish('a-very-long-name-it-is', on: 'fw', address: '203.0.113.5', tcp: '25', to: 'ch', choose: FIRST, ruleset: ANCHOR)
    publish('again', on: 'fw', address: ['203.0.113.5', '2001:db8::5'], tcp: 443, to: 'ch', ruleset: ANCHOR)
    publish('none', on: 'fw', address: '203.0.113.5', to: 'ch')
    publish('linux', on: 'lx', address: '203.0.113.8', tcp: 80, to: 'ch')
    publish('bare', on: 'bare', address: '203.0.113.10', tcp: 80, to: 'ch')
    publish('who', on: 'fww', address: '203.0.113.5/24', tcp: 80, to: 'ch')
}
