// Ranges of ports: of the TCP ones the first port of the first range is asked.
fabric('ranges') {
    site('edge') {
        host('gw', os: FREEBSD, ssh: 'ops@192.0.2.2') { nic('em0', address: ['203.0.113.9/24', '2001:db8::9/64']) }
    }
    site('ch') { host('media-ch', os: LINUX, ssh: 'ops@media-ch.example') }
    site('de') { host('media-de', os: LINUX, ssh: 'ops@media-de.example') }

    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9', keepalive: 25) {
        spoke('media-ch', address: ['10.0.0.2/24', 'fc00::2/64'])
        spoke('media-de', address: ['10.0.0.3/24', 'fc00::3/64'])
    }
    publish('media', on: 'gw', address: ['203.0.113.9', '2001:db8::9'], tcp: [8080..8085, 443], udp: [53, 6000..6010], to: ['media-ch', 'media-de'])
    publish('calls', on: 'gw', address: '203.0.113.9', udp: 7000..7100, to: ['media-de', 'media-ch'], choose: ROUND_ROBIN)
}
