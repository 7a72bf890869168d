fabric('publish-ranges') {
    site('edge') {
        host('gw', os: LINUX, ssh: '203.0.113.9') {
            nic('eth0', address: ['203.0.113.9/24', '2001:db8::9/64']); nic('eth1', address: '10.1.0.1/24')
            firewall {
                redirect(inbound: 'eth0', proto: TCP, ports: 8081..8084, to: '10.1.0.80')
                redirect(inbound: 'eth0', proto: UDP, ports: 6000..6015, to: '10.1.0.80')
            }
        }
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'fw1.example') { nic('em0', address: '198.51.100.2/24') }
            host('fw2', ssh: 'fw2.example') { nic('em0', address: '198.51.100.3/24') }
            vip(20, on: 'em0', address: '198.51.100.5/24', password: secret('carp'))
        }
    }
    site('ch') { host('ch', os: LINUX, ssh: 'ch') }
    hub('wg0', on: 'gw', port: 1337, address: ['10.0.0.1/24', 'fc00::1/64'], endpoint: '203.0.113.9', keepalive: 25) { spoke('ch', address: ['10.0.0.2/24', 'fc00::2/64']) }
    hub('wg1', on: 'fw', port: 1338, address: '10.2.0.1/24', endpoint: '198.51.100.5', key: secret('wg'), keepalive: 25) { spoke('ch', address: '10.2.0.2/24') }

    publish('web', on: 'gw', address: ['203.0.113.9', '2001:db8::9'], tcp: 8080..8085, udp: [53, 6000..6010], to: 'ch')
    publish('again', on: 'gw', address: '203.0.113.9', tcp: [80, 8085..8090], udp: 6005, to: 'ch')
    publish('ssh', on: 'gw', address: '203.0.113.9', tcp: 20..25, udp: 1330..1340, to: 'ch')
    publish('down', on: 'gw', address: '203.0.113.9', tcp: 9010..9000, udp: [65530..65540, 9000..<9000], to: 'ch')
    publish('texts', on: 'gw', address: '203.0.113.9', tcp: ['a'..'c', 9100], udp: '9200..9210', to: 'ch')
    for (int n : 0..2) publish("loop$n", on: 'fw', address: '198.51.100.5', tcp: (100 + 10 * n)..(110 + 10 * n), udp: [7000 + n, 7000..7002], to: 'ch')
}
