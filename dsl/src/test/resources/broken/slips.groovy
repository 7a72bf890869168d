fabric('x') {
    site('a', lan = '10.1.0.0/16') {
        host('a-gw' os: LINUX, ssh: 'a')
        host('a-app', os = LINUX, ssh: 'b')
    }
    site 'b' {
        host('b-gw', os: LINUX, ssh: 'c')
    }
    site('c') {
        lan '10.3.0.0/16'
        host('c-gw', os: LINUX) {
            ssh 'admin@192.0.2.1'
            bond('bond0') { members 'eno1', 'eno2' }
        }
    }
}
