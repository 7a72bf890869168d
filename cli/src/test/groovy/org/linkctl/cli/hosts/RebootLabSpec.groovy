package org.linkctl.cli.hosts

import java.nio.file.Path
import org.linkctl.lab.Lab
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Tag

/** The inventory of the demo, which leaves no host behind that could be rebooted. */
@Tag('lab')
@Requires({ RealHosts.patient('RebootLabSpec, the inventory of the demo over a reboot') })
class RebootLabSpec extends Specification {
    @AutoCleanup TemporaryLab temporary

    def 'what reboots give is what apply gave'() {
        given:
        temporary = Lab.temporary(Topologies.twoSites(3, Topologies.Nat.SITE_A), { println it })
        def lab = temporary.lab()
        def linkctl = { String name, Object... more -> Command.run(name, Path.of('../inventories/lab.groovy'), '-F', lab.sshConfig(), '--color', 'never', *more) }

        when:
        def applied = linkctl('apply', '--yes')
        def differ = NetworkState.differencesAfterReboot(lab, ['a-gw', 'a-app', 'b-gw']) { linkctl('plan', '--detailed-exitcode') }

        then:
        applied.status == 0
        differ == []
    }
}
