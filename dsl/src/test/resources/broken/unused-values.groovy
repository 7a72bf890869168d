fabric('unused') {
    def names = ['x', 'y']
    site('a', lan: '10.1.0.0/16') {
        host('a-gw', os: LINUX, ssh: 'a-gw.example') {
            nic('eth0', address: '10.1.0.1/16')
            'a text'
            "a text ${names[0]}"
            25
            -1.5
            [1, 2]
            [a: 1]
            1..3
            true
            null
            LACP
            names
            names[0]
            names.size
            address == '10.1.0.1/16'
            names != null
            'x' in names
            !names
            names[0] + 'b'
            secret('psk')
            firewall
            LACPP
            names.each { nic("n$it"); "n$it" }
            2.times { it }
            for (n in names) n
            if (names) 'yes' else 'no'
            switch (names) { case 'x': 1; break; default: 2 }
            try { 1 } catch (RuntimeException problem) { 2 }
        }
    }
}
void nothing() { 'x' }
String chosen(int n) {
    'before'
    if (n > 1) 'a' else 'b'
}
'the end'
