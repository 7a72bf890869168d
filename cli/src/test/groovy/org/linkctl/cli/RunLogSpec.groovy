package org.linkctl.cli

import org.linkctl.cli.io.Terminal
import org.linkctl.cli.context.Installation

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.engine.ssh.SshConnector
import org.linkctl.plan.Planner
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** The log of a run, over real SSH to a real shell: it shows what was done, and repeats it where it is pasted. */
@Timeout(120)
class RunLogSpec extends Specification {
    @TempDir
    File folder
    @AutoCleanup
    HostServer server
    File config
    File inventory
    File state

    def setup() {
        server = new HostServer(new File(folder, 'units').tap { it.mkdirs() })
        def client = new File(folder, 'client').tap { it.mkdirs() }
        config = server.config(client)
        state = new File(client, 'state/linkctl/runs')
        inventory = new File(client, 'net.groovy')
        inventory.text = '''fabric('net') { site('a', lan: '10.1.0.0/24') { host('a-gw', os: LINUX, ssh: 'a-gw@a-gw', become: NONE) { sysctl('net.core.one', 1)\n sysctl('net.core.two', 2) } } }'''
        new File(folder, 'hosts').mkdirs()
    }

    int run(String... args) {
        def said = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(said), new PrintWriter(said), [] as Set, 80,
                [XDG_STATE_HOME: "$folder/client/state".toString(), HOME: "$folder/client".toString()])
        def module = new OwnedModule('toy', false, "$folder/hosts")
        int status = new Cli(terminal, new Installation(new Planner([module]), { settings, events -> new SshConnector(settings, events) }, "$folder/guards/%h".toString())).run(*args, '-F', config.path)
        printed = said.toString()
        status
    }

    String printed = ''

    private List<File> logs() {
        (state.listFiles() ?: [] as File[]).findAll { it.name.endsWith('.log') }
    }

    private static String mode(File file) {
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath()))
    }

    def 'a run that changes a host leaves a log beside its record, and nothing else does'() {
        when:
        run('plan', inventory.path)
        run('apply', inventory.path, '--dry-run')

        then:
        logs() == []

        when:
        int status = run('apply', inventory.path, '--yes')

        then:
        printed.contains('1 of 1 host converged')
        status == 0
        logs().size() == 1
        mode(logs()[0]) == 'rw-------'
        new File(state, logs()[0].name.replace('.log', '.json')).exists()

        when:
        run('apply', inventory.path, '--yes')

        then: 'nothing was to be done'
        logs().size() == 1

        when:
        run('rollback', inventory.path, '--yes')

        then:
        logs().size() == 2
        logs().any { it.name.endsWith('-rollback.log') && it.text.contains('guard revert') }
    }

    def 'what it says is what was done: a shell that reads it does the same'() {
        given:
        run('apply', inventory.path, '--yes')
        def log = logs()[0].readLines()
        def made = new File(folder, 'hosts/etc/toy').listFiles().collectEntries { [it.name, it.text] }

        expect: 'who, when and where stand in comments'
        log[0] =~ /^# run \S+ \{.*inventory=.*who=/
        log.any { it ==~ /# 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z a-gw does:/ }
        log.any { it ==~ /# 20\S+Z a-gw: status 0/ }
        log.any { it ==~ /# 20\S+Z a-gw: changed/ }
        made

        when: 'only what was done to the host itself is tried again'
        new File(folder, 'hosts/etc').deleteDir()
        def script = log.join('\n').split(/(?m)^(?=# 20)/).findAll { it.contains(' does:') && !it.contains('/guards/') }.join('')
        def shell = new ProcessBuilder('sh', '-eu').redirectErrorStream(true).start()
        shell.outputStream.withWriter { it << script }
        def said = shell.inputStream.text

        then:
        shell.waitFor() == 0 || said
        said == ''
        new File(folder, 'hosts/etc/toy').listFiles().collectEntries { [it.name, it.text] } == made
    }

    def 'a file of the user has it as well, what it had before included; --log-file #what'() {
        given:
        Path file = folder.toPath().resolve('mine.log')

        when:
        int first = run('plan', inventory.path, '--log-file', file.toString())
        int second = run('apply', inventory.path, '--yes', '--log-file', file.toString())

        then:
        first == 0
        second == 0
        mode(file.toFile()) == 'rw-------'
        file.toFile().readLines().count { it ==~ '# run 20\\S+( .*)?' } == 2
        file.toFile().text.endsWith(logs()[0].text)

        and:
        run('plan', inventory.path, '--log-file', "$folder/nowhere/log") == 1
    }
}
