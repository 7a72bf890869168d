fabric('x') {
    site('a') {
        host('a-gw', os: LINUX, ssh: 'root@192.0.2.1') {
            bridge('br0', members: ['eth2'], address: '10.1.0.1/24')
        }
    }
}
