fabric('x') {
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: '192.0.2.1', tags: ['front', 'a']) { nic('eth0', address: '10.1.0.1/16') }
        pair('lb', os: LINUX) { host('lb1', ssh: '192.0.2.2', tags: 'no tag'); host('lb2', ssh: '192.0.2.3', tag: 'x') }
    }
    group('front', hosts: ['lb', 'lb'])
    group('back', hosts: ['a-gv', 'b', 'front'])
    group('back', hosts: 'lb')
    group('lb', hosts: 'a-gw')
    group('none', hosts: [])
    group('least')
}
