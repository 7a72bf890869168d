package org.linkctl.spread

import org.linkctl.diag.Place
import org.linkctl.model.*
import org.linkctl.net.Cidr
import org.linkctl.net.Ip
import org.linkctl.spi.Published
import spock.lang.Specification

class SpreadSpec extends Specification {
    static AT = new Place('x.groovy', 1, 1)
    static A = Ip.of('10.9.0.1')
    static B = Ip.of('10.9.0.2')

    def "with two members equal ports all leave by one, whatever they are"() {
        expect:
        (5000..5011).collect { BondHash.member(A, B, it, it, 2) }.toSet().size() == 1
    }

    def "5001 to 5003 moves a tunnel to the other of two members; 5000 to 5001 does not"() {
        given: 'what a real bond did'
        def first = BondHash.member(A, B, 5000, 5000, 2)

        expect:
        BondHash.member(A, B, 5001, 5003, 2) != first
        BondHash.member(A, B, 5000, 5001, 2) == first
    }

    def "IPv6 addresses are folded word by word"() {
        expect: 'the same fold as the IPv4 address in the last word'
        BondHash.member(Ip.of('::a09:1'), Ip.of('::a09:2'), 5000, 5003, 3) ==
                BondHash.member(Ip.of('10.9.0.1'), Ip.of('10.9.0.2'), 5000, 5003, 3)
    }

    def "#count tunnels over #members members use them evenly at both ends"() {
        given:
        def near = new Leg(bond('a', 'bond0', members), Ip.of(a), Ip.of(b))
        def far = new Leg(bond('b', 'bond0', members), Ip.of(b), Ip.of(a))

        when:
        def ports = PortAllocator.allocate(count, 5000, 5063, near, far)
        def nearLoad = ports.countBy { near.member(it.near(), it.far()).get() }
        def farLoad = ports.countBy { far.member(it.far(), it.near()).get() }

        then:
        [nearLoad, farLoad].every { it.size() == Math.min(count, members) && it.values().max() == Math.ceilDiv(count, members) }
        ports*.near().toSet().size() == count
        ports*.far().toSet().size() == count

        where:
        [count, members, a, b] << [[2, 3, 4, 6, 8], [2, 3, 4], ['10.2.3.4', '192.0.2.77', '2001:db8::4'], ['203.0.113.1', '203.0.113.9', '2001:db8:ff::1']]
                .combinations().findAll { it[2].contains(':') == it[3].contains(':') }
    }

    def "the answers arrive evenly as well, where the switch hashes as the kernel does"() {
        given:
        def near = new Leg(bond('a', 'bond0', members), Ip.of('10.2.3.4'), Ip.of('203.0.113.1'))
        def far = withFar ? new Leg(bond('b', 'bond0', members), Ip.of('203.0.113.1'), Ip.of('10.2.3.4')) : null

        when:
        def ports = PortAllocator.allocate(members, 5000, 5063, near, far)

        then: 'the members that what the far end sends would come in by, and those of what the near end sends'
        ports.collect { BondHash.member(Ip.of('203.0.113.1'), Ip.of('10.2.3.4'), it.far(), it.near(), members) }.toSet().size() == members
        ports.collect { near.member(it.near(), it.far()).get() }.toSet().size() == members

        where:
        [members, withFar] << [[2, 3, 4, 5, 6], [false, true]].combinations()
    }

    def "adding a tunnel renumbers none"() {
        given:
        def near = new Leg(bond('a', 'bond0', 3), A, B)

        expect:
        (1..20).every { PortAllocator.allocate(it + 1, 5000, 5063, near, null).take(it) == PortAllocator.allocate(it, 5000, 5063, near, null) }
    }

    def "colliding ports are named, with one that would not collide"() {
        given:
        def fabric = twoSites(2, [[5000, 5000], [5001, 5001]])

        when:
        def warnings = Spread.collisions(fabric)

        then:
        warnings*.summary() == ["'wg0' and 'wg1' leave a-gw by the same member of bond0"]
        def port = (warnings[0].detail() =~ /^port (\d+) instead of 5001 on b-gw/)[0][1] as int
        Spread.collisions(twoSites(2, [[5000, 5000], [5001, port]])) == []
    }

    def "whatever the ports are, a warning names two tunnels that share a member while one lies idle"() {
        given:
        def fabric = twoSites(members, ports)
        def leaves = Spread.departures(fabric, Published.NOTHING).findAll { it.host() == 'a-gw' }.collectEntries { [it.tunnel(), it.member()] }

        when:
        def warnings = Spread.collisions(fabric)
        def named = warnings.collect { (it.summary() =~ /'(\w+)' and '(\w+)'/)[0].drop(1) }

        then:
        leaves.size() == ports.size()
        named.every { one, other -> one != other && leaves[one] == leaves[other] }
        warnings.empty == (leaves.values().toSet().size() in [members, ports.size()])

        where:
        [members, ports] << [[2, 3, 4], [[5010, 5001, 5002], [5000, 5001, 5003], [5000, 5003, 5001, 5007], [5003, 5000, 5001], [5000]]
                .collect { far -> far.withIndex().collect { port, n -> [5000 + n, port] } }].combinations()
    }

    def "a departure carries the kernel's own name for the member, where the host told its order"() {
        given:
        def fabric = twoSites(2, [[5000, 5000], [5001, 5003]])
        def told = new Published(['a-gw': Published.Values.of('bond.bond0.members', 'eno2 eno1')])

        expect:
        Spread.departures(fabric, Published.NOTHING)*.member().toSet() == ['#0', '#1'].toSet()
        Spread.departures(fabric, told)*.member().toSet() == ['eno1', 'eno2'].toSet()
    }

    private static Bond bond(String host, String name, int members, List<Cidr> addresses = []) {
        new Bond(host, name, Bond.Mode.LACP, Bond.XmitHash.LAYER3_4, 100, Bond.LacpRate.SLOW, (1..members).collect { "eno$it".toString() }, addresses, null, AT)
    }

    private static Fabric twoSites(int members, List<List<Integer>> ports) {
        def ssh = SshTarget.parse('root@192.0.2.1').get()
        def hosts = ['a-gw', 'b-gw'].collect { new Host(it, it[0], Os.LINUX, ssh, Become.AUTO, null, AT) }
        def tunnels = ports.withIndex().collect { pair, n ->
            new Tunnel("wg$n".toString(), null, null, null, Psk.NONE, [
                    new Tunnel.End('a-gw', pair[0], [Cidr.of("10.255.${n}.2/28")], null, AT),
                    new Tunnel.End('b-gw', pair[1], [Cidr.of("10.255.${n}.1/28")], '10.9.0.2', AT)], AT)
        }
        new Fabric('t', [new Site('a', [], AT), new Site('b', [], AT)], hosts,
                [bond('a-gw', 'bond0', members, [Cidr.of('10.9.0.1/24')])] + tunnels)
    }
}
