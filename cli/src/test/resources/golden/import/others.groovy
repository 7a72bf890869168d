// Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.
fabric('imported') {
    site('hq') {
        host('x', os: LINUX, ssh: '192.0.2.1') {
            nic('eth0', address: '192.0.2.1/24')
        }
        host('bsd', os: FREEBSD, ssh: 'bsd') {
            nic('em0', address: '192.0.2.9/24')
        }
    }
    // obsd was not read: it runs 'OpenBSD', and linkctl knows Linux and FreeBSD
    // site('obsd') {
    //     host('obsd', os: LINUX, ssh: 'obsd')
    // }
    // gone was not read: connection refused
    // site('gone') {
    //     host('gone', os: LINUX, ssh: 'root@gone.example:2222')
    // }
}
