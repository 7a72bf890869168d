package org.linkctl.modules.linux.uplinks

import org.linkctl.modules.Case
import org.linkctl.modules.ImportSpec
import org.linkctl.spi.Found
import spock.lang.Specification

/** What `linkctl import` says of a host's rules of ip-rule(8). */
class UplinksFoundSpec extends Specification {
    private static List<Found> found(String name) {
        ImportSpec.found(new UplinksModule(), Case.of(new UplinksModule(), new File(Case.folder(), 'linux.uplinks')).find { it.dir.name == name })
    }

    def "rules and routes of linkctl's are the replyTo: of an interface"() {
        expect:
        found('converged') == [new Found.Part('eth1', null, [replyTo: Found.Value.of(['198.51.100.1', '2001:db8:b::1'])])]
        found('create') == []
    }

    def "of somebody else's rules it is told that no word says them"() {
        when:
        def all = found('converged-others-rule')

        then:
        all[0] == found('converged')[0]
        all.drop(1)*.what() == ['rule of ip-rule(8) -4 110 not from all fwmark 0x1bd00 lookup 7120', 'rule of ip-rule(8) -4 220 from all lookup 220']
    }
}
