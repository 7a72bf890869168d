package org.linkctl.cli.hosts

import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Retry
import spock.lang.Specification
import spock.lang.Tag
import spock.lang.TempDir

/** The demo from its first line to its last. */
@Tag('lab')
@Tag('measured')
@Requires({ RealHosts.wanted() })
class DemoLabSpec extends Specification {
    @TempDir Path folder

    /** Tried again once: the demo measures each direction once, and a machine that stands still then spoils it. */
    @Retry(count = 1)
    def 'from nothing to a measured link, and nothing is left'() {
        when:
        def demo = new Demo(folder)
        def process = demo.start()
        assert RealHosts.ends(process, 1200)
        def text = demo.out()
        println text.substring(Math.max(0, text.indexOf('Verify:')))

        then: 'the diff, the hosts changed, the second plan empty, all in health'
        process.exitValue() == 0
        text.contains('+ bond0: 802.3ad over eth1 eth2 eth3')
        text.contains('Apply: 3 of 3 hosts converged (3 changed)')
        text.contains('Nothing to do: 3 hosts converged')
        text.contains('Verify: 3 of 3 hosts in health')

        and: 'three tunnels carry nearly three times what one does, both ways'
        def times = text.findAll(/together: ([0-9.]+) times/) { all, number -> number as double }
        times.size() == 2
        times.every { it >= 2.8 }

        and: 'each tunnel leaves by the member that was predicted, and no two by one'
        def departures = text.findAll(/leaves by (\S+), as expected/) { all, member -> member }
        departures.size() == 3
        departures.toSet().size() == 3

        and:
        demo.machines() == []
        demo.folders() == []
    }
}
