// Made by linkctl import of what the hosts have. What is a comment is not declared, and stays as it is.
fabric('prod') {
    site('edge', lan: '10.1.0.0/24') {
        host('edge', os: FREEBSD, ssh: 'edge.example') {
            bond('lagg0', mode: LACP, hash: LAYER3_4, members: ['igb0', 'igb1'], mtu: 9000, address: '10.1.0.1/24')
            vlan('lagg0.20', on: 'lagg0', id: 20, address: '10.20.0.1/24')
            nic('igb2', address: '192.0.2.1/24')
            bridge('bridge0', members: 'igb3', address: '10.3.0.1/24')
            sysctl('net.inet.tcp.sendspace', 65536)
            sysctl('net.inet.ip.forwarding', 1)
            // igb2: 192.0.2.50/24, 2001:db8:1::50/64 for a time, by DHCP or router advertisements: the host's own configuration asks for it and goes on to; dhcp: would have linkctl ask
            // tun0: an interface of the group tun 10.99.0.1/32: no word makes one: whoever made it looks after it
            // lagg0: lagghash l2,l3,l4: hash: has none of these layers together, LAYER3_4 is the nearest: an apply sets it, which may move a flow to another member
            // bridge1: a bridge: cloned_interfaces of rc.conf does not make it: whoever did looks after it
            // pf, with the rules of /etc/pf.conf: no words are made of rules: they stay as they are, and ruleset: ANCHOR puts linkctl's beside them (docs/freebsd.md)
            // kern.ipc.maxsockbuf: 4194304 in /etc/sysctl.conf, and the kernel has 2097152: sysctl('…') would set what runs, too
        }
    }
    site('far', lan: '10.2.0.0/24') {
        host('far', os: LINUX, ssh: 'far.example') {
            nic('eth0', address: '198.51.100.2/24')
            nic('eth1', address: '10.2.0.1/24')
        }
    }
    tunnel('wg0', keepalive: 25) {
        end('edge', port: 51820, address: '10.255.0.1/30', endpoint: '192.0.2.1')
        end('far', port: 51820, address: '10.255.0.2/30', endpoint: '198.51.100.2')
    }
    route(between: ['edge', 'far'], via: 'wg0')
}
