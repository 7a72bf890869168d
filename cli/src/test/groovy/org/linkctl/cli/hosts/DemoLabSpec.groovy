package org.linkctl.cli.hosts

import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Tag
import spock.lang.TempDir

/** The demo from its first line to its last. */
@Tag('lab')
@Tag('measured')
@Requires({ RealHosts.patient('DemoLabSpec, the whole demo') })
class DemoLabSpec extends Specification {
    @TempDir Path folder

    def 'from nothing to a measured link, and nothing is left'() {
        when:
        def demo = new Demo(folder)
        def process = demo.start()
        assert RealHosts.ends(process, 2400)
        def text = demo.out()
        println text.substring(Math.max(0, text.indexOf('5/5 measure')))

        then: 'the diff, the hosts changed, the second plan empty, all in health'
        process.exitValue() == 0
        ['1/5 lab: ', '2/5 apply: ', '3/5 apply again: ', '4/5 verify: ', '5/5 measure: '].every { text.contains("\n$it") }
        text.contains('+ bond0: 802.3ad over eth1 eth2 eth3')
        text.contains('Apply: 3 of 3 hosts converged (3 changed)')
        text.contains('Nothing to do: 3 hosts converged')
        text.contains('Verify: 3 of 3 hosts in health')

        and: 'the plan is shown in short'
        text.contains('+ 5 files in /etc/systemd/network  (+')
        !text.contains('+++ /etc')

        and: 'ports are a share of what the hosts carry, and three tunnels carry nearly three times what one does, both ways'
        text =~ /Without a limit the emulated hosts carry [0-9.]+ .bit\/s just now/
        def times = text.findAll(/together: ([0-9.]+) times/) { all, number -> number as double }
        times.size() in [2, 4, 6]
        times.takeRight(2).every { it >= 2.5 }

        and: 'each tunnel leaves by the member that was predicted, and no two by one'
        def departures = text.findAll(/leaves by (\S+), as expected/) { all, member -> member }.takeRight(3)
        departures.size() == 3
        departures.toSet().size() == 3

        and:
        demo.machines() == []
        demo.folders() == []
    }
}
