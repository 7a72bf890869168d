fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') { bond('lagg0', mode: LACP, hash: LAYER3_4, lacpRate: FAST, members: ['igb0', 'igb1'], address: '10.1.0.2/16') }
    }
}
