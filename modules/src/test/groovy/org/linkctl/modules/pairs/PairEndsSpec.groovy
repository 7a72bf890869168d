package org.linkctl.modules.pairs

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Inventories
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Unroll

class PairEndsSpec extends Specification {
    @TempDir
    Path folder

    @Unroll
    def 'both hosts take the same two addresses, in whatever order they are declared: #here, #there'() {
        given:
        def file = folder.resolve('ends.groovy')
        Files.writeString(file, """
            fabric('x') {
                site('dc1') {
                    pair('lb', os: LINUX) {
                        host('$first', ssh: 'lb1.example') { nic('eth1', address: $here) }
                        host('$second', ssh: 'lb2.example') { nic('eth1', address: $there) }
                        vip(10, on: 'eth1', address: '10.1.0.1/24')
                    }
                }
            }""")
        def fabric = Inventories.load(file.toFile())

        when:
        def (one, other) = fabric.hosts().collect { PairEnds.on(fabric, it, 'eth1', false).get() }

        then:
        one.self() == other.peer()
        one.peer() == other.self()

        where:
        first | second | here                               | there
        'lb1' | 'lb2'  | "['10.1.0.11/24', '10.2.0.11/24']" | "['10.2.0.12/24', '10.1.0.12/24']"
        'lb2' | 'lb1'  | "['10.1.0.11/24', '10.2.0.11/24']" | "['10.2.0.12/24', '10.1.0.12/24']"
        'lb1' | 'lb2'  | "['10.1.0.11/24']"                 | "['10.1.0.12/24', '10.1.0.13/24']"
    }
}
