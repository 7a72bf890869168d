package org.linkctl.lab

import spock.lang.Specification

import static org.linkctl.lab.WireSpec.wire

class TopologySpec extends Specification {
    def 'two sites: every wire leads to the switch'() {
        when:
        def spec = Topologies.twoSites(3)

        then:
        spec.hosts()*.name() == ['a-gw', 'a-app', 'b-gw', 'sw']
        spec.nicsOf('a-gw') == 3
        spec.nicsOf('b-gw') == 2
        spec.nicsOf('sw') == 6
        spec.wires()*.b()*.host().every { it == 'sw' }
        Plugs.otherEnd(spec.wires(), new WireSpec.End('sw', 'eth6')) == new WireSpec.End('b-gw', 'eth2')
    }

    def 'a host can be run by something else'() {
        expect:
        Topologies.one(2).runBy('host', NetworkKind.IFUPDOWN).hosts()*.network() == [NetworkKind.IFUPDOWN, NetworkKind.NONE]
    }

    def 'what cannot be wired is refused: #message'() {
        when:
        new LabSpec(hosts.collect { HostSpec.bare(it) }, wires)

        then:
        def e = thrown(LabException)
        e.message == message

        where:
        hosts      | wires                                                            || message
        ['a', 'a'] | []                                                               || 'the lab has two hosts called "a"'
        ['a', 'b'] | [wire('a', 'eth1', 'c', 'eth1')]                                 || 'a wire ends at "c", and the lab has no such host'
        ['a', 'b'] | [wire('a', 'eth1', 'b', 'eth1'), wire('b', 'eth1', 'a', 'eth2')] || 'two wires end at eth1 of b'
        ['a', 'b'] | [wire('a', 'eth2', 'b', 'eth1')]                                 || 'a has a wire at eth2 and none at eth1'
    }

    def 'what cannot be named is refused'() {
        when:
        action()

        then:
        def e = thrown(LabException)
        e.message == message

        where:
        action                                      || message
        ({ HostSpec.bare('A_gw') })                 || '"A_gw" is no host name: use lower case letters, digits and hyphens'
        ({ new WireSpec.End('a', 'eth0') })         || '"eth0" of a cannot take a wire: use eth1 to eth15, on FreeBSD vtnet1 to vtnet15'
        ({ Topologies.twoSites(9) })                || 'a bond of 9 wires: the lab makes 1 to 8'
    }
}
