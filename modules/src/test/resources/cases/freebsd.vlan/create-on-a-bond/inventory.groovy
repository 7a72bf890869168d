fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') {
            bond('lagg0', members: 'igb0')
            vlan('lagg0.10', on: 'lagg0', id: 10, address: '10.1.0.2/16')
        }
    }
}
