// ha-web.groovy with FreeBSD routers: two hold the public addresses; web servers in other places dial in and are published.
fabric('ha-web') {

    site('edge') {
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'ops@198.51.100.2') {
                nic('igb0', address: ['203.0.113.33/28', '2001:db8:4::33/64'])
                nic('igb1', address: '172.31.0.1/30')
            }
            host('fw2', ssh: 'ops@198.51.100.3') {
                nic('igb0', address: ['203.0.113.34/28', '2001:db8:4::34/64'])
                nic('igb1', address: '172.31.0.2/30')
            }

            vip(20, on: 'igb0', address: ['203.0.113.35/28', '2001:db8:4::1337/64'], password: secret('carp/fw'), prefer: 'fw1')
            stateSync(on: 'igb1')
        }
    }
    site('ch') { host('web-ch', os: LINUX, ssh: 'ops@web-ch.example') }         // behind carrier NAT: it calls
    site('de') { host('web-de', os: LINUX, ssh: 'ops@web-de.example') }

    // The routers share the key: whoever is master answers.
    hub('wg0', on: 'fw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: 'fw.example', key: secret('wg/fw'), keepalive: 25) {
        spoke('web-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('web-de', address: ['10.0.0.3/24', 'fc00::3/64'])
    }

    publish('web', on: 'fw', address: ['203.0.113.35', '2001:db8:4::1337'], tcp: [80, 443],
            to: ['web-ch', 'web-de'], choose: FIRST_HEALTHY, masquerade: true)
}
