// Endpoints at which somebody else is found, nobody is, or only half of a pair.
fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16'); nic('eth1', address: '192.0.2.2/24') } }
    site('b', lan: '10.2.0.0/16') {
        for (n in 1..2) { host("b$n", os: LINUX, ssh: "b$n") { nic('eth0', address: "10.2.0.$n/16") } }
        host('router', os: LINUX, ssh: 'router') { nic('eth0', address: '10.2.0.9/16'); nic('eth1', address: '198.51.100.1/24') }
    }
    site('c') {
        pair('fw', os: FREEBSD) {
            host('fw1', ssh: 'fw1') { nic('em0', address: '203.0.113.2/24') }
            host('fw2', ssh: 'fw2') { nic('em0', address: '203.0.113.3/24') }
            vip(1, on: 'em0', address: '203.0.113.5/24', password: secret('carp'))
        }
    }
    for (n in 1..2) { // one port of one address for two hosts
        tunnel("t$n", keepalive: 25) {
            end('a', port: 5000 + n, address: "10.255.${n}.1/30")
            end("b$n", port: 5000, address: "10.255.${n}.2/30", endpoint: '198.51.100.1')
        }
    }
    tunnel('t3', keepalive: 25) {
        end('a', port: 5003, address: '10.255.3.1/30')
        end('b1', port: 5003, address: '10.255.3.2/30', endpoint: 'B.example')
    }
    hub('h', on: 'router', port: 5003, address: '10.250.0.1/24', endpoint: 'b.example', keepalive: 25) { spoke('a', address: '10.250.0.2/24') }
    hub('h2', on: 'fw', port: 1, address: '10.251.0.1/24', endpoint: '203.0.113.3', key: secret('wg'), keepalive: 25) { spoke('a', address: '10.251.0.2/24') }
    hub('h3', on: 'router', port: 2, address: '10.252.0.1/24', endpoint: '192.0.2.255', keepalive: 25) { spoke('a', address: '10.252.0.2/24') }
    tunnel('t4', keepalive: 25) { // an address of another site's host
        end('a', port: 5004, address: '10.255.4.1/30')
        end('b1', port: 5004, address: '10.255.4.2/30', endpoint: '203.0.113.5')
    }
    tunnel('t5', keepalive: 25) { // each through the other
        end('a', port: 5005, address: '10.255.5.1/30')
        end('b1', port: 5005, address: '10.255.5.2/30', endpoint: '10.255.6.2')
    }
    tunnel('t6', keepalive: 25) {
        end('a', port: 5006, address: '10.255.6.1/30')
        end('b1', port: 5006, address: '10.255.6.2/30', endpoint: '10.255.5.2')
    }
}
