fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) { host('a', os: LINUX, ssh: 'a') }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) { host('b', os: LINUX, ssh: 'b') }
    tunnels('ab', count: 2, ports: 5000..5063, transit: '10.255.254.0/24') {
        end('a')
        end('b', endpoint: '192.0.2.2')
    }
    route(between: ['a', 'b'], via: 'ab')
}
