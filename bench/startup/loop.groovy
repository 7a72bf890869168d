fabric('start') {
    for (n in 1..2) {
        site("s$n", lan: "10.$n.0.0/16") {
            host("gw$n", os: LINUX, ssh: "admin@192.0.2.$n") { nic('eth1', address: "10.$n.0.1/16") }
        }
    }
    tunnel('wg0', keepalive: 25) { (1..2).each { n -> end("gw$n", port: 51820, address: "10.255.0.$n/30", endpoint: "192.0.2.$n") } }
    route(between: ['s1', 's2'], via: 'wg0')
}
