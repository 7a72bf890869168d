// A nic is an interface that is there. VLANs are made where vlan declares them alone, and what linkctl makes is no nic.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a', os: LINUX, ssh: 'a') {
            bond('bond0', members: ['eno1', 'eno2', 'eno3.5'])
            bond('bond1', members: ['bond0.7', 'eno1.7', 'eno4'])
            nic('bond0.100', address: '10.1.0.1/16')
            nic('eno1.100')
            nic('wg0.100')
            nic('hub0.100')
            nic('eth0.100', address: '10.77.0.1/24')                        // somebody else's
            nic('eno1'); nic('eno2', mtu: 1500); nic('eno4', address: '10.78.0.1/24')
            nic('bond0'); nic('wg0'); nic('hub0')
            nic('lo')
        }
        host('b', os: LINUX, ssh: 'b') { nic('lo', address: '10.1.0.0/16'); nic('pfsync0') }
        host('c', os: LINUX, ssh: 'c') { nic('lo', address: ['10.79.0.1/32', 'fd00:79::1/128'], mtu: 1500) }
        host('f', os: FREEBSD, ssh: 'f') {
            bond('lagg0', members: ['em1', 'em2', 'lo0', 'pfsync0'])
            nic('lagg0.100'); nic('em1.100'); nic('em0.100'); nic('vlan100')
            nic('lagg0'); nic('wg0'); nic('lo0'); nic('carp'); nic('carp0'); nic('pfsync0'); nic('pflog0'); nic('enc0')
            nic('lo1', address: '10.80.0.1/24')
        }
    }
    tunnel('wg0', keepalive: 25) {
        end('a', port: 1, address: '10.255.0.1/30')
        end('f', port: 1, address: '10.255.0.2/30', endpoint: 'f.example')
    }
    tunnel('enc0', keepalive: 25) {
        end('b', port: 1, address: '10.255.1.1/30')
        end('f', port: 2, address: '10.255.1.2/30', endpoint: 'f.example')
    }
    hub('hub0', on: 'a', port: 2, address: '10.254.0.1/24', endpoint: 'a.example', keepalive: 25) { spoke('b', address: '10.254.0.2/24') }
}
