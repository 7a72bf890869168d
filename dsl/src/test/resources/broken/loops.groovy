fabric('x') {
    for (n in 1..3) {
        site("s$n", lan: "10.$n.0.0/16") {
            host("h", os: LINUX, ssh: "ops@192.0.2.$n") { nic('eth0', address: "10.${n + 1}.0.1/16") }
        }
    }
    for (n in 1..2) {
        tunnel("wg$n") {
            end("h", port: 5000, address: "10.255.0.1/30")
            end("h${n}", port: 5000, address: "10.255.0.2/30", endpoint: "b.example")
        }
    }
}
