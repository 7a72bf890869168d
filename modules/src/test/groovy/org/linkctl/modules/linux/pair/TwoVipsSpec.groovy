package org.linkctl.modules.linux.pair

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.modules.Inventories
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.lang.Unroll
import spock.util.concurrent.PollingConditions

/** A pair with addresses on two networks, one of them IPv6 alone: both move together, with preempt and without. */
@Timeout(180)
@Requires({ TwoVipsSpec.possible() })
class TwoVipsSpec extends Specification {
    static final File INVENTORY = new File(System.getProperty('basedir', '.'), 'src/test/resources/pair/two.groovy')
    static final List<String> VIPS = ['192.0.2.10', 'fd00:1::1']

    @TempDir
    Path folder
    def soon = new PollingConditions(timeout: 20, delay: 0.05)

    static boolean possible() {
        def missing = Router.missing()
        if (missing) println "TwoVipsSpec: no pair was made: $missing"
        missing == null
    }

    @Unroll
    def 'who loses one network leaves the other one, too; preempt: #preempt'() {
        given:
        def inventory = folder.resolve('two.groovy')
        Files.writeString(inventory, INVENTORY.text.replace('preempt: true', "preempt: $preempt"))
        def bench = new Bench(folder, Inventories.load(inventory.toFile()), ['eth0', 'eth1'])

        when: 'without preempt nobody is preferred'
        soon.eventually { assert bench.both.any { router -> VIPS.every { router.holds(it) } } }
        if (!preempt && VIPS.any { bench.lb2.holds(it) }) {
            bench.lb2.run('echo 254 >/run/linkctl/vrrp/drain')
            soon.eventually { assert VIPS.every { bench.lb1.holds(it) } }
            bench.lb2.run('echo 0 >/run/linkctl/vrrp/drain')
        }

        then:
        soon.eventually { assert VIPS.every { bench.lb1.holds(it) && !bench.lb2.holds(it) } }

        when:
        bench.pull(bench.lb1, 'eth0')

        then:
        soon.eventually { assert VIPS.every { bench.lb2.holds(it) && !bench.lb1.holds(it) } }

        when:
        bench.putBack(bench.lb1, 'eth0')

        then: 'who is preferred takes them back, with preempt; otherwise the roles stay'
        soon.eventually { assert bench.lb1.log('keepalived').readLines().last().contains(preempt ? 'MASTER STATE' : 'BACKUP STATE') }
        soon.eventually { assert VIPS.every { (preempt ? bench.lb1 : bench.lb2).holds(it) && !(preempt ? bench.lb2 : bench.lb1).holds(it) } }

        cleanup:
        bench?.close()

        where:
        preempt << [true, false]
    }
}
