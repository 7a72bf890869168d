// Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.
fabric('imported') {
    site('a-gw') {
        host('a-gw', os: LINUX, ssh: 'a-gw') {
            bond('bond0', mode: LACP, hash: LAYER3_4, lacpRate: FAST, members: ['eno2', 'eno1'], mtu: 9000,
                 address: '10.1.0.1/24')
            vlan('bond0.20', on: 'bond0', id: 20, address: '10.1.20.1/24')
            // eth9: 203.0.113.7/24 for a time, by DHCP or router advertisements: the host's own configuration asks for it and goes on to; dhcp: would have linkctl ask
            // docker0: a bridge: no file of the host's network stack configures it: whoever made it looks after it
            // s0: a VLAN of 802.1ad: linkctl makes those of IEEE 802.1Q
        }
    }
}
