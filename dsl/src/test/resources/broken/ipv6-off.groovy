fabric('x') {
    site('a', lan: ['10.1.0.0/16', 'fd00:a::/64']) {
        host('whole', os: LINUX, ssh: 'ops@[2001:db8::7]:22') {
            nic('eth0', address: ['10.1.0.1/16', 'fd00:a::1/64'])
            sysctl('net.ipv6.conf.all.disable_ipv6', 1)
        }
        host('later', os: LINUX, ssh: 'later') {
            sysctl('net.ipv6.conf.default.disable_ipv6', '0x1')
            sysctl('net.ipv6.conf.wg1.disable_ipv6', 0)
        }
        host('one', os: LINUX, ssh: 'one') {
            bond('bond0', members: ['eno1'], address: 'fd00:a::3/64'); nic('eth1', address: '192.0.2.3/24')
            sysctl('net.ipv6.conf.wg3.disable_ipv6', 1)
            sysctl('net.ipv6.conf.hub/0.disable_ipv6', 1)
            sysctl('net.ipv6.conf.bond0.disable_ipv6', 1)
            sysctl('net.ipv6.conf.eth1.disable_ipv6', 1)                   // nobody needs it there
        }
        host('app', os: LINUX, ssh: 'app', gateway: 'gw') { sysctl('net.ipv6.conf.all.disable_ipv6', 1) }
        host('gw', os: LINUX, ssh: 'gw') {
            nic('eth0', address: ['10.1.0.9/16', 'fd00:a::9/64']); nic('eth1', address: '198.51.100.9/24')
            sysctl('net.ipv6.conf.all.disable_ipv6', 1)
            for (device in ['eth0', 'wg5']) { sysctl("net.ipv6.conf.${device}.disable_ipv6", 0) }
        }
        host('v4', os: LINUX, ssh: 'v4') { nic('eth0', address: '10.1.0.10/16'); sysctl('net.ipv6.conf.all.disable_ipv6', 1) }
    }
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) {
        host('far', os: LINUX, ssh: 'far') { nic('eth0', address: ['10.2.0.1/16', 'fd00:b::1/64']) }
        host('caller', os: LINUX, ssh: 'caller') { sysctl('net.ipv6.conf.all.disable_ipv6', 1) }
    }
    tunnels('wg', count: 2, ports: 5000..5010, transit: ['10.255.0.0/24', 'fd00:f0::/112'], keepalive: 25) { end('later'); end('far', endpoint: 'far.example') }
    tunnel('wg3', keepalive: 25) {
        end('one', port: 5003, address: 'fd00:f3::1/64')
        end('far', port: 5103, address: 'fd00:f3::2/64', endpoint: 'far.example')
    }
    tunnel('wg4', keepalive: 25) { // the packets around are IPv6
        end('caller', port: 5004, address: '10.255.4.1/30')
        end('whole', port: 5104, address: '10.255.4.2/30', endpoint: '2001:db8::7')
    }
    tunnel('wg5', keepalive: 25) {
        end('gw', port: 5005, address: ['10.255.5.1/30', 'fd00:f5::1/64'])
        end('far', port: 5105, address: ['10.255.5.2/30', 'fd00:f5::2/64'], endpoint: 'far.example')
    }
    tunnel('wg6', keepalive: 25) {
        end('v4', port: 5006, address: '10.255.6.1/30')
        end('far', port: 5106, address: '10.255.6.2/30', endpoint: 'far.example')
    }
    hub('hub.0', on: 'far', port: 6000, address: ['10.250.0.1/24', 'fd00:50::1/64'], endpoint: 'far.example', keepalive: 25) { spoke('one', address: ['10.250.0.2/24', 'fd00:50::2/64']) }
    route(between: ['a', 'b'], via: ['wg5'])
}
