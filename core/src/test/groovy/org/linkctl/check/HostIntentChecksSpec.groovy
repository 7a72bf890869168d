package org.linkctl.check

import org.linkctl.diag.Place
import org.linkctl.model.*
import spock.lang.Specification

/** A declaration for one host that no check knows by name is held to what all of them have to be. */
class HostIntentChecksSpec extends Specification {
    static final Place HERE = new Place('x.groovy', 7, 9)
    static final Place THERE = new Place('x.groovy', 8, 9)

    /** A host's name for itself: stands for every kind that there may be. */
    static class Label implements HostIntent {
        String host
        String text
        Place at = HERE

        @Override String host() { host }
        @Override Place at() { at }
        @Override String subject() { 'label' }
        @Override List<HostIntent.Wrong> wrong() {
            text ==~ /[a-z]+/ ? [] : [new HostIntent.Wrong('name', text, 'is no label', 'small letters'), new HostIntent.Wrong('colour', text, 'is no colour', '')]
        }
    }

    /** Another kind. */
    static class Note extends Label {
        @Override String subject() { "note $text" }
    }

    static Fabric fabric(HostIntent... intents) {
        def hosts = ['a', 'b'].collect { new Host(it, 's', Os.LINUX, new SshTarget(null, it + '.example', null), Become.AUTO, null, HERE) }
        new Fabric('x', [new Site('s', [], HERE)], hosts, intents.toList())
    }

    static List<Refusal> refused(HostIntent... intents) { FabricChecks.refusals(fabric(intents), []) }

    def 'what it says of its values is refused at the attribute, all of it, and printable'() {
        when:
        def said = refused(new Label(host: 'a', text: "x\n1"))

        then:
        said*.kind() == [Refusal.Kind.VALUE] * 2
        said*.attribute() == ['name', 'colour']
        said*.value() == ["x\n1"] * 2
        said*.diagnostic()*.summary() == ["'x\\n1' is no label", "colour: 'x\\n1' is no colour"]
        said*.diagnostic()*.detail() == ['small letters', '']
        said*.diagnostic()*.at() == [HERE] * 2
    }

    def 'it is declared once for a host, whatever its values are'() {
        when:
        def said = refused(new Label(host: 'a', text: 'x'), new Label(host: 'b', text: 'y'), new Label(host: 'a', text: text, at: THERE))

        then:
        said*.kind() == [Refusal.Kind.CONFLICT]
        said*.diagnostic()*.summary() == ['label is declared twice for a']
        said*.diagnostic()*.detail() == ['also declared at x.groovy:7:9']
        said*.diagnostic()*.at() == [THERE]

        where:
        text << ['x', 'z']
    }

    def 'different subjects are different things'() {
        expect:
        refused(new Note(host: 'a', text: 'x'), new Note(host: 'a', text: 'y'), new Label(host: 'a', text: 'z')) == []
    }

    def 'it is for a host that there is'() {
        expect:
        refused(new Label(host: 'c', text: 'x'))*.diagnostic()*.summary() == ["no host named 'c'"]
    }

    def 'a module gets those of its kind and host, in the declared order'() {
        given:
        def declared = fabric(new Note(host: 'a', text: 'x'), new Note(host: 'b', text: 'y'), new Note(host: 'a', text: 'z'))

        expect:
        declared.of(Note, declared.host('a').orElseThrow())*.text == ['x', 'z']
    }
}
