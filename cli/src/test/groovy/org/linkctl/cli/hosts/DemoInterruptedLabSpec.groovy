package org.linkctl.cli.hosts

import java.nio.file.Path
import java.time.Duration
import org.linkctl.lab.Poll
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Tag
import spock.lang.TempDir

/** The demo, when somebody has seen enough. */
@Tag('lab')
@Requires({ RealHosts.patient('DemoInterruptedLabSpec, the demo, interrupted') })
class DemoInterruptedLabSpec extends Specification {
    @TempDir Path folder

    def 'Ctrl-C leaves nothing behind'() {
        given:
        def demo = new Demo(folder)
        def process = demo.start()
        Poll.until('the hosts are up', Duration.ofMinutes(10), { demo.out().contains('$ linkctl apply') || !process.alive })
        assert demo.machines().size() >= 4
        assert demo.folders().size() == 1

        when:
        assert new ProcessBuilder('kill', '-INT', "${process.pid()}").start().waitFor() == 0
        assert RealHosts.ends(process, 60)

        then:
        process.exitValue() == 130
        demo.machines() == []
        demo.folders() == []
        !demo.out().contains('Nothing to do')

        cleanup:
        process?.destroyForcibly()
    }
}
