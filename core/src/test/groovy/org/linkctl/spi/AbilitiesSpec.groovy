package org.linkctl.spi

import org.linkctl.model.Os
import org.linkctl.shell.Step
import spock.lang.Specification

class AbilitiesSpec extends Specification {
    static record Want(String id) implements Resource {
        Set<String> partners() { ['b'] as Set }
    }

    static record Found(String text) {}

    /** What every module has, and no more. */
    static class Plain implements Module<Want, Found> {
        String name() { 'linux.toy' }

        Os system() { Os.LINUX }

        List<Want> want(Scope scope) { [] }

        List probe(Want want) { [] }

        Found facts(Want want, Answers answers) { new Found('found') }

        List<Change> diff(Want want, Found have) {
            have.text() == 'wanted' ? [] : [Change.state('toy', have.text(), 'wanted')]
        }

        List<Step> steps(Want want, Found have, List<Change> changes) { [] }
    }

    static class Lasting extends Plain implements Remembered<Want, Found> {
        Optional<Memory> memory(Want want, Found have, Optional<Memory> before) { Optional.of(Memory.OWNED) }

        Optional<Want> absent(Scope scope, Owned owned) { Optional.of(new Want(owned.resource())) }
    }

    static class Added extends Plain implements Unguarded<Want, Found> {}

    static class Known extends Plain implements Rendered<Want, Found>, Partnered<Want, Found>, Existing<Want, Found> {
        Found bare(Want want) { new Found(null) }

        Set<String> partners(Want want, Found have) { [have.text()] as Set }

        boolean exists(Want want, Found have) { true }
    }

    def want = new Want('linux.toy')

    def 'a module that has no more than every module has keeps, tells and asks nothing, and its steps are guarded'() {
        given:
        def plain = new Abilities(new Plain())
        def have = new Found('found')

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
        !plain.exists(want, new Found(null))
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
        def bare = new Found(null)

        expect:
        lasting.memory(want, bare, Optional.empty()).get() == Memory.OWNED
        lasting.absent(null, new Owned('linux.toy', Memory.OWNED)).get() == want
        lasting.adopts(want, bare).empty
        !lasting.irreplaceable()
        !new Abilities(new Added()).guarded()
        known.bare(want) == bare
        known.partners(want, new Found('c')) == ['c'] as Set
        known.exists(want, bare)
    }
}
