package org.linkctl.spread

import java.util.concurrent.TimeUnit
import org.linkctl.diag.Place
import org.linkctl.model.Bond
import org.linkctl.net.Ip
import spock.lang.Specification
import spock.lang.Timeout

class PortAllocatorSpec extends Specification {
    static Bond bond(int members) {
        new Bond('a', 'bond0', Bond.Mode.LACP, Bond.XmitHash.LAYER3_4, 100, Bond.LacpRate.FAST,
                (0..<members).collect { "eno$it" as String }, [], null, new Place('x.groovy', 1, 1))
    }

    static Leg leg(int members, String source, String destination) {
        members == 0 ? null : new Leg(bond(members), Ip.of(source), Ip.of(destination))
    }

    /** Every pair of free ports for each tunnel, in order: what the allocator has to give, in the square of the range. */
    static List<PortAllocator.Ports> byTrying(int count, int first, int last, Leg near, Leg far) {
        def loads = []
        if (near) {
            loads << [1000, { n, f -> near.member(n, f).get() }, new int[near.bond().members().size()]]
            loads << [1, { n, f -> near.arrival(n, f).get() }, new int[near.bond().members().size()]]
        }
        if (far) {
            loads << [1000, { n, f -> far.member(f, n).get() }, new int[far.bond().members().size()]]
            loads << [1, { n, f -> far.arrival(f, n).get() }, new int[far.bond().members().size()]]
        }
        def out = []
        count.times {
            def free = { String end -> (first..last) - out*."$end"() }
            def best = [free('near'), free('far')].combinations { n, f ->
                [cost: loads.sum(0) { it[0] * (it[2][it[1](n, f)] - it[2].min()) }, near: n, far: f]
            }.min { a, b -> a.cost <=> b.cost ?: a.near <=> b.near ?: a.far <=> b.far }
            loads.each { it[2][it[1](best.near, best.far)]++ }
            out << new PortAllocator.Ports(best.near, best.far)
        }
        out
    }

    def "#count tunnels of #first..#last over #near and #far members have the ports that trying all pairs gives"() {
        given:
        def a = leg(near, '10.2.3.4', '203.0.113.1')
        def b = leg(far, '203.0.113.1', source)

        expect:
        PortAllocator.allocate(count, first, last, a, b) == byTrying(count, first, last, a, b)

        where:
        count | first | last  | near | far | source
        12    | 5000  | 5011  | 3    | 0   | '10.2.3.4'
        12    | 5000  | 5017  | 2    | 4   | '10.2.3.4'
        14    | 60000 | 60013 | 4    | 6   | '10.2.3.4'
        10    | 1024  | 1040  | 3    | 3   | '198.51.100.7'
        10    | 1024  | 1040  | 6    | 4   | '198.51.100.7'
        9     | 5000  | 5008  | 0    | 0   | '10.2.3.4'
    }

    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    def "a thousand tunnels take their ports of a wide range at once, over #near and #far members"() {
        when:
        def ports = PortAllocator.allocate(1000, 1024, 65535, leg(near, '10.2.3.4', '203.0.113.1'), leg(far, '203.0.113.1', '10.2.3.4'))

        then:
        ports*.near().toSet().size() == 1000
        ports*.far().toSet().size() == 1000

        where:
        near | far
        3    | 0
        2    | 2
        3    | 5
        4    | 6
        8    | 8
    }
}
