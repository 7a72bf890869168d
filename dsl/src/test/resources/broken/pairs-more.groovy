fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        pair('p', os: FREEBSD) {
            host('p1', ssh: 'p1') { nic('em0', address: '10.1.0.11/16'); nic('em1', address: '172.16.0.1/30'); nic('lo0', address: '10.80.0.1/32') }
            host('p2', ssh: 'p2') { nic('em0', address: '10.1.0.12/16'); nic('em1', address: '172.16.1.1/30'); nic('lo0', address: '10.80.0.2/32') }
            vip(1, on: 'em0', address: '10.1.0.0/16', password: secret('carp'))
            vip(2, on: 'em0', address: '10.1.255.255/16', password: secret('carp'))
            vip(3, on: 'wg0', address: '10.250.0.9/24', password: secret('carp'))
            vip(4, on: 'lo0', address: '10.80.0.9/32', password: secret('carp'))
            vip(5, on: 'em0', address: '10.1.0.77/16', password: secret('carp'))        // another host's
            vip(6, on: 'em0', address: '10.1.0.5/16', password: secret('wg'))
            stateSync(on: 'em1')
            proxyArp(on: 'em0', addresses: ['10.1.0.5', '10.1.0.50', '10.1.0.50', '10.1.0.12', '10.1.255.255'])
        }
        host('app', os: LINUX, ssh: 'app') { nic('eth0', address: '10.1.0.77/16') }
        balance('b', on: 'far', inbound: 'em0', from: '10.1.0.0/16', to: '10.9.0.0/16', over: ['10.2.0.8', '10.2.0.8', '10.2.0.0'])
    }
    site('b', lan: '10.2.0.0/16') { host('far', os: FREEBSD, ssh: 'far') { nic('em0', address: '10.2.0.1/16') } }
    hub('wg0', on: 'p', port: 1, address: '10.250.0.1/24', endpoint: 'p.example', key: secret('wg'), keepalive: 25) { spoke('far', address: '10.250.0.2/24') }
    hub('wg1', on: 'app', port: 1, address: '10.251.0.1/24', endpoint: 'app.example', key: secret('wg'), keepalive: 25) { spoke('far', address: '10.251.0.2/24') }
    tunnel('t', keepalive: 25, psk: secret('wg')) {
        end('app', port: 2, address: '10.255.0.1/30')
        end('far', port: 2, address: '10.255.0.2/30', endpoint: 'far.example')
    }
}
