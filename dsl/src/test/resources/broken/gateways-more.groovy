fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('gw', os: LINUX, ssh: 'gw') { nic('eth0', address: '10.1.0.1/16') }
        host('other', os: LINUX, ssh: 'other') { nic('eth0', address: '10.1.0.2/16') }
        host('gw2', os: LINUX, ssh: 'gw2', gateway: 'gw') { nic('eth0', address: '10.1.0.3/16') }
        host('app1', os: LINUX, ssh: 'app1', gateway: 'gw') { nic('eth0', address: '10.9.0.4/24') }
        host('app2', os: LINUX, ssh: 'app2', gateway: 'other')
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) { host('b', os: LINUX, ssh: 'b') { nic('eth0', address: ['10.2.0.1/16', 'fd00:b::1/64']) } }
    ['gw', 'gw2'].eachWithIndex { name, n ->
        tunnel("wg$n", keepalive: 25) {
            end(name, port: 5000, address: ["10.255.${n}.1/30", "fd00:f${n}::1/64"])
            end('b', port: 5000 + n, address: ["10.255.${n}.2/30", "fd00:f${n}::2/64"], endpoint: 'b.example')
        }
    }
    route(between: ['a', 'b'], via: ['wg0', 'wg1'])
}
