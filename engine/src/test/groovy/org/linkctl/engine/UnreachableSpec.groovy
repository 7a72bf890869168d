package org.linkctl.engine

import spock.lang.Specification

/** Whatever keeps a host away, doctor says what can be done about it. */
class UnreachableSpec extends Specification {
    def 'there is a cure for every kind: #one'() {
        expect:
        !one.cure().isBlank()
        !one.cure().endsWith('.')

        where:
        one << [new Unreachable('gone'), new Unreachable('gone', new IOException()), Unreachable.bySettings('no'), Unreachable.by('no', null, 'say otherwise')] + Unreachable.Stage.values().collect { new Unreachable(it, 'no', null, '') }
    }
}
