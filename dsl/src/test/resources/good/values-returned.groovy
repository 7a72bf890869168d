fabric('returned') {
    site('a') {
        host('h', os: LINUX, ssh: 'h') {
            def names = [1, 2].collect { "e$it".toString() } + [3].collect { if (it > 2) 'x' else 'y' } + [4].collect { switch (it) { case 4: 'z'; break; default: 'q' } }
            names.findAll { it != 'y' }.each { nic(it) }
            names << 'later'
            int n = 0
            n++
            rows: for (a in 1..2) {
                for (b in 1..2) { if (b > a) continue rows; nic(named(a, b)); nic(other(a, b)) }
            }
        }
    }
}
String named(int a, int b) { if (a == b) "same$a" else "n$a$b" }
String other(int a, int b) { try { "t$a$b" } catch (RuntimeException problem) { 'caught' } }
