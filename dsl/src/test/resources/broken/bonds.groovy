fabric('x') {
    site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') {
        bond('bond0', mode: ACTIVE_BACKUP, hash: LAYER3_4, lacpRate: FAST, members: ['bond0', 'eno1'])
        bond('bond1', mode: ROUNDROBIN, members: 'eno1')
        bond('eno1', members: ['eno2'])
        bond('bond3', members: ['eno7', 'eno7'])
        bond('bond4', members: [''])
        bond('bond5', members: ['lo', 'all'])
        bond('bond6', members: 'eno8,eno9')
        bond('bond7', members: 'eno8 eno9')
        bond('bond8', mode: LACP, hash: LAYER4, members: ['eth8', 'eth9'])
    } }
}
