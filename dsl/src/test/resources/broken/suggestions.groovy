// What is told instead has to be right itself.
fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a') {
            nic('eth0', address: '10.1.0.1/16')
            bond('bond0', members: ['eth1', 'eth2'])
            bond('bond-of-uplinks', members: ['eth3', 'eth4'])
            vlan('bond0.20', on: 'bond1', id: 20)
            vlan('bond0.30', on: 'bond-of-uplinks', id: 31)
        }
        host('f', os: FREEBSD, ssh: 'f') {
            bond('lagg0', members: ['em0', 'em1'])
            bond('bond1', members: ['em2', 'em3'])
            bridge('bridge0', members: 'em4')
            vlan('bridge0.5', on: 'bridge0', id: 5)
        }
    }
    site('vendor', lan: '10.2.0.0/16') {}
    site('office', lan: 'office') {}
    tunnel('wg0', keepalive: 25) {
        end('a-gw', port: 5000, address: '10.255.0.1/30')
        peer('r1', publicKey: 'VE5evNj0rIkFqsfC7JeD4uD4M8dnAljFGLndg7+DBRo=', address: '10.255.0.2')
    }
    route(between: ['a', 'vendor'], via: 'wg0')
}
