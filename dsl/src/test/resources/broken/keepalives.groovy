fabric('x') {
    site('a') { host('a', os: LINUX, ssh: 'a') }
    site('b') { host('b', os: FREEBSD, ssh: 'b') }
    tunnel('called', psk: true) {
        end('a', port: 1, address: '10.255.0.1/30', endpoint: 'a.example')
        end('b', port: 1, address: '10.255.0.2/30', endpoint: 'b.example')
    }
    tunnel('calls') {
        end('a', port: 2, address: '10.255.1.1/30')
        end('b', port: 2, address: '10.255.1.2/30', endpoint: 'b.example')
    }
    tunnel('rarely', keepalive: 121) {
        end('a', port: 3, address: '10.255.2.1/30', endpoint: 'a.example')
        end('b', port: 3, address: '10.255.2.2/30')
    }
    tunnel('often', keepalive: 120) {
        end('a', port: 4, address: '10.255.3.1/30')
        end('b', port: 4, address: '10.255.3.2/30', endpoint: 'b.example')
    }
    for (n in 0..1) { tunnels("g$n", count: 3, ports: (100 + 20 * n)..(110 + 20 * n), transit: "10.25${n}.0.0/24") { end('a'); end('b', endpoint: 'b.example') } }
    hub('h', on: 'b', port: 5, address: '10.240.0.1/24', endpoint: 'b.example') { spoke('a', address: '10.240.0.2/24') }
    hub('h2', on: 'b', port: 6, address: '10.241.0.1/24', endpoint: 'b.example', keepalive: 3600) { spoke('a', address: '10.241.0.2/24') }
    tunnel('none') {
        end('a', port: 7, address: '10.255.7.1/30')
        end('b', port: 7, address: '10.255.7.2/30')
    }
}
