package org.linkctl.cli

import java.nio.file.Files
import org.linkctl.cli.io.Output
import org.linkctl.cli.io.Terminal
import spock.lang.Specification
import spock.lang.TempDir
import spock.util.concurrent.PollingConditions

/** What the AOT cache for commands that contact hosts is made from, while no host is there. */
class PracticeSpec extends Specification {
    @TempDir File folder

    def '#command is made without any host'() {
        given:
        def inventory = new File(folder, 'practice.groovy')
        inventory.text = "fabric('practice') { site('a', lan: '10.1.0.0/24') { host('h', os: LINUX, ssh: 'root@192.0.2.1') { file('/etc/x.conf', text: 'x'); sysctl('net.ipv4.ip_forward', 1) } } }"
        def out = new ByteArrayOutputStream()

        when:
        Practice.command(new Terminal(new BufferedReader(new StringReader('')), Output.of(out), Output.of(OutputStream.nullOutputStream()), [] as Set, 80, [:]),
                *words, inventory.path)

        then:
        out.toString().contains(said)

        where:
        command    | words              | said
        'a plan'   | ['plan']           | '/etc/x.conf'
        'an apply' | ['apply', '--yes'] | 'Apply: 1 of 1 host converged'
    }

    def 'a shell of this machine answers, and leaves no folder behind'() {
        when:
        def made = PracticeShell.ask()

        then:
        made.present
        new PollingConditions(timeout: 10).eventually { assert Files.notExists(made.get()) }
    }

    def 'the classes that a connection loads are there by these names, and its algorithms are Java\'s own'() {
        when:
        Practice.connection()

        then:
        noExceptionThrown()
        Practice.sshClasses().size() > 50
    }
}
