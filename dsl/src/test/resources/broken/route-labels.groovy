fabric('x') {
    site('m-m', lan: '10.1.0.0/16') { host('m', os: LINUX, ssh: 'm') }
    site('q-m-m', lan: '10.2.0.0/16') { host('q', os: LINUX, ssh: 'q') }
    site('m-m-q', lan: '10.3.0.0/16') { host('r', os: LINUX, ssh: 'r') }
    tunnel('wg0', keepalive: 25) { end('m', port: 1, address: '10.255.0.1/30'); end('q', port: 1, address: '10.255.0.2/30', endpoint: 'q.example') }
    tunnel('wg1', keepalive: 25) { end('m', port: 2, address: '10.255.1.1/30'); end('r', port: 2, address: '10.255.1.2/30', endpoint: 'r.example') }
    route(between: ['m-m', 'q-m-m'], via: 'wg0')
    route(between: ['m-m-q', 'm-m'], via: 'wg1')
}
