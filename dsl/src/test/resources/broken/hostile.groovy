fabric("x\$(reboot)") {
    site("a'; reboot; '", lan: "10.0.0.0/8\u0000") {
        host("a\nb", os: LINUX, ssh: "-oProxyCommand=reboot") {
            nic("eth0\u0000")
            bond("b\"d", members: ["e\$(x)", "\u202eeno1"], address: "10.0.0.1/8\n")
            sysctl("net.ipv4.ip_forward\nkernel.x", "1\n2")
            sysctl("../../etc/passwd", "1")
            sysctl("net..ipv4", "\u0000")
            sysctl("net.ipv4.tcp_rmem", "4096 87380 6291456")
        }
        host("`id`", os: LINUX, ssh: "root@host\nProxyCommand x", gateway: "\u001b[31mred")
    }
    tunnel("wg\$(reboot)") {
        end("a b", port: 1, address: "10.255.0.1/30; reboot")
        end("\u00e9", port: 2, address: "10.255.0.2/30", endpoint: "host\nPostUp = reboot")
    }
    tunnels("x'y", count: 1, ports: 1..2, transit: "10.254.0.0/24'") {
        end("a b")
        end("c", endpoint: "\$(reboot)")
    }
    route(between: ["a\tb", "c"], via: "wg\u0000", weights: ["a\nb": 1])
}
