package org.linkctl.modules

import spock.lang.Specification

/**
 * What every module promises, checked in every case of every module found. A case whose name starts with
 * converged, create, update, removal, malformed or refused has to be one.
 */
class ContractSpec extends Specification {
    def "#module.name() has every kind of case"() {
        expect:
        kinds - Case.of(module, new File(Case.folder(), module.name()))*.kind == []

        where:
        module << Case.modules()
        kinds = ['converged', 'malformed'] + (Case.onlyLooks(module) ? [] : Case.onlyMends(module) ? ['update'] : Case.onlyRemoves(module) ? ['removal'] : ['removal', 'create', 'update'])
    }

    def "#module.name() has cases of what is no longer declared, if hosts remember anything of it"() {
        given:
        def cases = Case.of(module, new File(Case.folder(), module.name()))

        expect:
        cases.any { it.before.owned } == cases.any { one -> (one.kind == 'create' || Case.onlyRemoves(module)) && Laws.remembers(one) }

        where:
        module << Case.modules()
    }

    def "every case belongs to a module"() {
        expect:
        Case.folder().list().toList() - Modules.all()*.name() == ['inventory.groovy']
    }

    def "#one: expected.txt, whole"() {
        expect:
        Golden.matches(new File(one.dir, 'expected.txt'), Transcript.of(one))

        where:
        one << Case.all()
    }

    def "#one: the laws"() {
        expect:
        Laws.check(one) == []

        where:
        one << Case.all()
    }
}
