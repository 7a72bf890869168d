package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.TimeUnit
import org.linkctl.lab.Poll
import spock.lang.Requires
import spock.lang.Retry
import spock.lang.Specification
import spock.lang.Tag
import spock.lang.TempDir

/** The demo as a user sees it: a program of its own. */
@Tag('lab')
@Requires({ RealHosts.wanted() })
class DemoLabSpec extends Specification {
    @TempDir Path folder

    private Process demo() {
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        // Whoever runs the tests in the background may have made them deaf to SIGINT, which is inherited.
        new ProcessBuilder('env', '--default-signal=INT', "XDG_STATE_HOME=$folder/state", java, "-Djava.io.tmpdir=$folder", '-Dlinkctl.home=..',
                '-cp', System.getProperty('java.class.path'), 'org.linkctl.cli.Main', 'demo')
                .redirectErrorStream(true).redirectOutput(folder.resolve('out').toFile()).start()
    }

    private String out() { Files.readString(folder.resolve('out')) }

    /** The virtual machines of a lab in this folder. */
    private List<String> machines() {
        Path.of('/proc').toFile().list().findAll { it.isInteger() }
                .collect { pid -> new File("/proc/$pid/cmdline") }
                .collect { file -> try { file.text } catch (IOException ended) { '' } }
                .findAll { it.contains('qemu-system') && it.contains(folder.toString()) }
    }

    private List<String> folders() {
        folder.toFile().list().findAll { it.startsWith('linkctl-lab') } as List<String>
    }

    /** Tried again once: the demo measures each direction once, and a machine that stands still then spoils it. */
    @Retry(count = 1)
    def 'from nothing to a measured link, and nothing is left'() {
        when:
        def demo = demo()
        assert demo.waitFor(20, TimeUnit.MINUTES)
        def text = out()
        println text.substring(Math.max(0, text.indexOf('Verify:')))

        then: 'the diff, the hosts changed, the second plan empty, all in health'
        demo.exitValue() == 0
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
        machines() == []
        folders() == []
    }

    def 'Ctrl-C leaves nothing behind'() {
        given:
        def demo = demo()
        Poll.until('the hosts are up', Duration.ofMinutes(10), { out().contains('$ linkctl apply') || !demo.alive })
        assert machines().size() >= 4
        assert folders().size() == 1

        when:
        assert new ProcessBuilder('kill', '-INT', "${demo.pid()}").start().waitFor() == 0
        assert demo.waitFor(60, TimeUnit.SECONDS)

        then:
        demo.exitValue() == 130
        machines() == []
        folders() == []
        !out().contains('Nothing to do')

        cleanup:
        demo.destroyForcibly()
    }
}
