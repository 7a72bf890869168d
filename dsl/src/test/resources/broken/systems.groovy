fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('l', os: LINUX, ssh: 'l') {
            nic('eth0', address: '10.1.0.1/16')
            firewall(limits: [states: 500_000, frags: 5000]) { allow(inbound: 'eth0'); redirect(inbound: 'eth0', proto: TCP, port: 80, to: '127.0.0.1') }; sysctl('net.netfilter.nf_conntrack_max', 100_000)
        }
        host('f', os: FREEBSD, ssh: 'f') { bond('bond0', hash: ENCAP3_4, members: ['em0', 'em1'], address: '10.1.0.2/16') }
        pair('p', os: LINUX) {
            host('p1', ssh: 'p1') { nic('eth0', address: '10.1.0.3/16') }
            host('p2', ssh: 'p2') { nic('eth0', address: '10.1.0.4/16') }
            vip(20, on: 'eth0', address: '10.1.0.5/16', password: secret('vrrp/p'))
            stateSync(on: 'eth0')
            proxyArp(on: 'eth0', addresses: '10.1.0.50')
        }
        balance('b', on: 'p', inbound: 'eth0', from: '10.1.0.0/16', to: '10.9.0.0/24', over: '10.1.0.9')
    }
    site('c', lan: '10.3.0.0/16') {
        host('c-gw', os: LINUX, ssh: 'c') { nic('eth0', address: '10.3.0.1/16') }
        host('c-app', os: FREEBSD, ssh: 'c-app', gateway: 'c-gw')
    }
    tunnel('wg1') {
        end('c-gw', port: 5000, address: '10.255.1.1/30')
        end('g', port: 5001, address: '10.255.1.2/30', endpoint: 'g.example')
    }
    route(between: ['b', 'c'], via: 'wg1')
    site('b', lan: ['10.2.0.0/16', 'fd00:b::/64']) { host('g', os: LINUX, ssh: 'g') { nic('eth0', address: '10.2.0.1/16') } }
    route(between: ['a', 'b'], via: 'wg-0')
    tunnel('wg-0') {
        end('f', port: 5000, address: '10.255.0.1/30')
        end('g', port: 5000, address: '10.255.0.2/30', endpoint: 'g.example')
    }
}
