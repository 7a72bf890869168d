package org.linkctl.spi

import org.linkctl.diag.Place
import org.linkctl.model.Os
import org.linkctl.shell.Step
import spock.lang.Specification

class AbilitiesSpec extends Specification {
    static record Want(String id) implements Resource {
        Set<String> partners() { ['b'] as Set }
    }

    /** Groovy takes none of its own records for one here; the file is what was found, and an empty one nothing. */
    static Place found(String what) { new Place(what, 0, 0) }

    /** What every module has, and no more. */
    static class Plain implements Module<Want, Place> {
        String name() { 'linux.toy' }

        Os system() { Os.LINUX }

        List<Want> want(Scope scope) { [] }

        List probe(Want want) { [] }

        Place facts(Want want, Answers answers) { AbilitiesSpec.found('found') }

        List<Change> diff(Want want, Place have) {
            have.file() == 'wanted' ? [] : [Change.state('toy', have.file() ?: null, 'wanted')]
        }

        List<Step> steps(Want want, Place have, List<Change> changes) { [] }
    }

    static class Lasting extends Plain implements Remembered<Want, Place> {
        Optional<Memory> memory(Want want, Place have, Optional<Memory> before) { Optional.of(Memory.OWNED) }

        Optional<Want> absent(Scope scope, Owned owned) { Optional.of(new Want(owned.resource())) }
    }

    static class Added extends Plain implements Unguarded<Want, Place> {}

    static class Known extends Plain implements Rendered<Want, Place>, Partnered<Want, Place>, Existing<Want, Place> {
        Place bare(Want want) { AbilitiesSpec.found('') }

        Set<String> partners(Want want, Place have) { [have.file()] as Set }

        boolean exists(Want want, Place have) { true }
    }

    def want = new Want('linux.toy')

    def 'a module that has no more than every module has keeps, tells and asks nothing, and its steps are guarded'() {
        given:
        def plain = new Abilities(new Plain())
        def have = AbilitiesSpec.found('found')

        expect:
        plain.memory(want, have, Optional.empty()).empty
        plain.absent(null, new Owned('linux.toy', Memory.OWNED)).empty
        plain.adopts(want, have).empty
        !plain.irreplaceable()
        plain.examine(want).empty
        plain.findings(want, have, new Answers([:])).empty
        plain.publish(want, have) == Published.Values.NONE
        plain.warnings(want, have).empty
        plain.guarded()

        and: 'the resource says who its partners are, and the changes whether it is there'
        plain.partners(want, have) == ['b'] as Set
        plain.exists(want, have)
        !plain.exists(want, AbilitiesSpec.found(''))
    }

    def 'what a bare host has cannot be guessed'() {
        when:
        new Abilities(new Plain()).bare(want)

        then:
        def refused = thrown(Refused)
        refused.message == 'linux.toy: what a bare host has is not known of linux.toy'
    }

    def 'what a module says itself counts'() {
        given:
        def lasting = new Abilities(new Lasting())
        def known = new Abilities(new Known())
        def bare = AbilitiesSpec.found('')

        expect:
        lasting.memory(want, bare, Optional.empty()).get() == Memory.OWNED
        lasting.absent(null, new Owned('linux.toy', Memory.OWNED)).get() == want
        lasting.adopts(want, bare).empty
        !lasting.irreplaceable()
        !new Abilities(new Added()).guarded()
        known.bare(want) == bare
        known.partners(want, AbilitiesSpec.found('c')) == ['c'] as Set
        known.exists(want, bare)
    }
}
