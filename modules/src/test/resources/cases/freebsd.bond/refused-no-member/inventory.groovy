fabric('x') {
    site('dc1', lan: '10.1.0.0/16') {
        host('f', os: FREEBSD, ssh: 'f.example') { bond('lagg0', members: ['igb0', 'em7'], address: '10.1.0.2/16') }
    }
}
