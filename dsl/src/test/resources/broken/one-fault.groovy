// One fault is one error.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a1', os: LINUX, ssh: 'a1', gateway: ['a2']) { nic('eth0', address: '10.1.0.1/16') }
        host('a2', os: LINUX, ssh: 'a2', tags: ['edge', 'edge']) { nic('eth0', address: '10.1.0.2/16') }
        for (n in 3..4) host("a$n", os: LINUX, ssh: "a$n", tags: 'edge') { nic('eth0', address: "10.1.0.$n/16") }
        balance('b', on: ['a1'], inbound: 'eth0', from: '10.1.0.0/16', to: '0.0.0.0/0', over: '10.1.0.9')
    }
    site('b', lan: '10.2.0.0/16') { host('b1', os: LINUX, ssh: 'b1') { nic('eth0', address: '10.2.0.1/16') } }
    hub('h', on: ['a1'], port: 5000, address: '10.9.0.1/24', endpoint: '192.0.2.1') { spoke('a2', address: '10.9.0.2/24') }
    hub('i', on: '', port: 5001, address: '10.8.0.1/24', endpoint: '192.0.2.1') { spoke('a2', address: '10.8.0.2/24') }
    publish('web', address: '10.1.0.1', on: ['a1'], tcp: 443, to: 'a2')
    tunnel('wg0', keepalive: 25) {
        end('a1', port: 5002, address: '10.255.0.1/30')
        end('b1', port: 5002, address: '10.255.0.2/30', endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], from: '10.1.0.0/16', to: '0.0.0.0/0', via: 'wg0')
}
