// Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.
fabric('imported') {
    site('berlin') {
        host('a-gw', os: LINUX, ssh: 'admin@192.0.2.1', become: SUDO) {
            nic('eth0', address: '192.0.2.1/24')
            // groups of Ansible: gateways, prod: linkctl has sites instead; --site SITE=GROUP makes one of a group
        }
    }
    // web01.example was not read: connection refused
    // site('web01.example') {
    //     host('web01.example', os: LINUX, ssh: 'ops@web01.example:2222', become: SUDO)
    // }
    // web02.example was not read: connection refused
    // site('web02.example') {
    //     host('web02.example', os: LINUX, ssh: 'ops@web02.example:2222', become: SUDO)
    // }
}
