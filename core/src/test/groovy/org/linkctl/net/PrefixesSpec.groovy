package org.linkctl.net

import spock.lang.Specification

class PrefixesSpec extends Specification {
    static Cidr prefix(Random random) {
        random.nextInt(4) == 0
                ? Cidr.of("fd00::${random.nextInt(2)}:${random.nextInt(6)}/${[48, 64, 112, 126, 128][random.nextInt(5)]}")
                : Cidr.of("10.${random.nextInt(2)}.${random.nextInt(3)}.${random.nextInt(16)}/${[0, 8, 16, 23, 24, 30, 32][random.nextInt(7)]}")
    }

    def "what contains an address, overlaps a prefix or lies within it is what a comparison with all finds, in order"() {
        given:
        def random = new Random(seed)
        def all = (1..60).collect { prefix(random) }
        def prefixes = new Prefixes<Integer>()
        all.eachWithIndex { prefix, i -> prefixes.add(prefix, i) }

        expect:
        (1..100).collect { prefix(random) }.every { asked ->
            def address = asked.address()
            prefixes.containing(address) == all.findIndexValues { it.contains(address) }*.intValue() &&
                    prefixes.contain(address) == all.any { it.contains(address) } &&
                    prefixes.overlapping(asked) == all.findIndexValues { it.overlaps(asked) }*.intValue() &&
                    prefixes.within(asked) == all.findIndexValues { asked.contains(it.network()) }*.intValue()
        }

        where:
        seed << (1..20)
    }

    def "nothing is found where nothing was added"() {
        expect:
        new Prefixes<String>().overlapping(Cidr.of('0.0.0.0/0')) == []
        new Prefixes<String>().containing(Ip.of('::1')) == []
    }
}
