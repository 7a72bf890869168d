package org.linkctl.plan

import org.linkctl.diag.Place
import org.linkctl.model.*
import org.linkctl.net.Cidr
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Module
import org.linkctl.spi.Published
import org.linkctl.spi.Refused
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope
import spock.lang.Specification

class PlannerSpec extends Specification {
    static AT = new Place('x.groovy', 1, 1)

    static record Want(String id, Set<String> provides, Set<String> needs) implements Resource {}

    /** Wants these resources on Linux hosts. */
    static class Toy implements Module<Want, Place> {
        List<Want> wants

        String name() { 'linux.toy' }

        Os system() { Os.LINUX }

        List<Want> want(Scope scope) { wants }

        List probe(Want want) { [] }

        Place facts(Want want, Answers answers) { AT }

        List<Change> diff(Want want, Place have) { [] }

        List steps(Want want, Place have, List<Change> changes) { [] }
    }

    static Want want(String id, String needs = null) { new Want(id, [id] as Set, needs == null ? [] as Set : [needs] as Set) }

    static List<String> order(List<Want> wants, Os os = Os.LINUX, List<Intent> intents = [], String gateway = null) {
        def host = new Host('a', 'site', os, SshTarget.parse('a').get(), Become.AUTO, gateway, AT)
        def fabric = new Fabric('x', [new Site('site', [], AT)], [host], intents)
        new Planner([new Toy(wants: wants)]).plan(new Scope(fabric, host, Published.NOTHING))*.resource()*.id()
    }

    def 'what is needed comes first, all else as the modules have it; what nobody provides is no need'() {
        expect:
        order([want('c', 'b'), want('d'), want('b', 'a'), want('a', 'sun')]) == ['a', 'b', 'c', 'd']
    }

    def 'a cycle of needs, and two resources with one id, are mistakes of modules'() {
        when:
        order(wants)

        then:
        def mistake = thrown(IllegalStateException)
        mistake.message.contains(said)

        where:
        wants                                || said
        [want('a', 'b'), want('b', 'a')]     || 'need each other'
        [want('a'), want('a')]               || 'two resources with the id a'
    }

    def 'a host for whose OS there is no module is refused where something is declared for it: it would seem converged'() {
        given:
        def nic = new Nic('a', 'em0', [Cidr.of('10.1.0.1/16')], null, AT)

        when:
        order([want('a')], Os.FREEBSD, [nic])

        then:
        def refused = thrown(Refused)
        refused.message.contains('FREEBSD')

        and: 'a host of which nothing is asked has nothing to be refused for'
        order([want('a')], Os.FREEBSD) == []
        order([want('a')], Os.LINUX, [nic]) == ['a']
    }
}
