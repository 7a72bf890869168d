// A text with ${…} and one without, chosen by a condition.
fabric('chosen-texts') {
    site('a', lan: '10.1.0.0/16') {
        for (n in [1, 2]) {
            def motd = n == 1 ? 'first' : "host $n"
            host(n == 1 ? 'first' : "h$n", os: LINUX, ssh: n == 1 ? '192.0.2.1' : n == 2 ? "192.0.2.$n" : '192.0.2.9') {
                nic('eth0', address: n == 1 ? '10.1.0.1/16' : "10.1.0.$n/16")
                file('/etc/motd', text: motd)
                file('/etc/which', text: name(n) == 'one' ? name(n) : 'none')
                file('/etc/first', text: "${n == 1 ? 'x' : ''}" ?: 'none')
                def more = [a: n == 1 ? "x$n" : "y$n", b: "z$n"]
                for (one in [n == 1 ? "x${n}" : "y${n}", "z${n}"]) file("/etc/$one", text: more.a)
            }
        }
    }
}

String name(int n) { n == 1 ? 'one' : '' }
