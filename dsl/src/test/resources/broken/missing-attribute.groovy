fabric('x') {
    site('a') {
        host('a-gw') { bond('bond0', mode: LACP) }
        host('a-app', ssh: 'a')
    }
    tunnel('wg0') {
        end('a-gw', port: 5000)
        end('a-app')
    }
    tunnels('ab', count: 2) { end('a-gw') }
    route(via: 'ab')
}
