package org.linkctl.cli

import org.linkctl.cli.io.Terminal
import org.linkctl.cli.context.Installation

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.util.concurrent.CompletableFuture
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.engine.ssh.SshConnector
import org.linkctl.plan.Planner
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** What `linkctl rollback` undoes and what it refuses to, over real SSH, with the guard that hosts have. */
@Timeout(120)
class RollbackSpec extends Specification {
    @TempDir
    File folder
    @AutoCleanup
    HostServer server
    File config
    String printed = ''
    String input = ''
    /** Hosts that let nobody in. */
    Set<String> away = []

    def setup() {
        server = new HostServer(new File(folder, 'units').tap { it.mkdirs() })
        config = server.config(new File(folder, 'client').tap { it.mkdirs() })
        server.shell = { String login, String command ->
            if (login in away) throw new IOException('nobody is let in')
            ['/bin/sh', '-c', command]
        }
        ['a-gw', 'b-gw'].each { new File(folder, "hosts/$it").mkdirs() }
    }

    /** Two hosts with a tunnel between these ports, and a parameter on the first one where one is named. */
    String inventory(String fabric, List<Integer> ports, String parameter = '') {
        def file = new File(folder, "client/${fabric}.groovy")
        String tunnel = ports ? """
            tunnel('ab0') {
                end('a-gw', port: ${ports[0]}, address: '10.255.0.1/30')
                end('b-gw', port: ${ports[1]}, address: '10.255.0.2/30', endpoint: '192.0.2.2')
            }""" : ''
        file.text = """fabric('$fabric') {
            site('a', lan: '10.1.0.0/24') { host('a-gw', os: LINUX, ssh: 'a-gw@a-gw', become: NONE) { ${parameter ? "sysctl('$parameter', 1)" : ''} } }
            site('b', lan: '10.2.0.0/24') { host('b-gw', os: LINUX, ssh: 'b-gw@b-gw', become: NONE) { } }$tunnel
        }
        """
        file.path
    }

    int run(String... args) {
        def said = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader(input)), new PrintWriter(said), new PrintWriter(said),
                (input ? [Stream.IN, Stream.OUT, Stream.ERR] : []) as Set, 200,
                [XDG_STATE_HOME: "$folder/client/state".toString(), HOME: "$folder/client".toString(), NO_COLOR: '1'])
        def modules = [new LinkModule("$folder/hosts"), new OwnedModule('toy', false, "$folder/hosts")]
        int status = new Cli(terminal, new Installation(new Planner(modules), { settings, events -> new SshConnector(settings, events) }, "$folder/guards/%h".toString())).run(*args, '-F', config.path)
        printed = said.toString()
        status
    }

    String applied(String file) {
        assert run('apply', file, '--yes') == 0 : printed
        file
    }

    private List<File> kept(String ending) {
        def all = new File(folder, 'client/state/linkctl/runs').listFiles() ?: [] as File[]
        all.findAll { it.name.endsWith(ending) }.sort { it.name }
    }

    private JsonNode record(String ending) {
        assert kept(ending).size() == 1
        new ObjectMapper().readTree(kept(ending)[0])
    }

    private String port(String host) {
        def file = new File(folder, "hosts/$host/ab0")
        file.file ? file.text.strip() : ''
    }

    private String lastRun(String host) {
        new File(folder, "guards/$host/runs").list().sort().last()
    }

    /** Takes or gives back a host's lock, as somebody whose shell is this process. */
    private void guard(String host, String... words) {
        def builder = new ProcessBuilder(['sh', "$folder/guards/$host/guard".toString()] + words.toList())
        builder.environment().putAll([LINKCTL_GUARD_UNITS: "$folder/units".toString(), LINKCTL_SHELL: "${ProcessHandle.current().pid()} $config".toString()])
        assert builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0
    }

    def 'both ends of a tunnel go back: the run is named before, the end is told, and a record is left'() {
        given:
        def file = inventory('net', [5000, 5000])
        applied(file)
        inventory('net', [6000, 5000])
        applied(file)
        assert port('a-gw') == '6000 5000'
        String id = lastRun('a-gw')
        input = 'y\n'

        expect:
        run('rollback', file) == 0
        printed.count(id) == 4
        printed =~ /a-gw  $id  confirmed  by \S+ from \S+, 20\S+Z, .*net\.groovy\n +It changed the tunnels ab0\./
        printed.contains('Undo this on 2 hosts? [y/N] ')
        printed.contains("a-gw  rolled back\n      Run $id is undone. The host is as it was before.\n")
        printed.endsWith('Rollback: 2 of 2 hosts rolled back\n')
        port('a-gw') == '5000 5000'
        port('b-gw') == '5000 5000'

        and: 'the record says who undid what, and how that ended; so does the log'
        def said = record('-rollback.json')
        said.run.outcome.asText() == 'rolled-back'
        said.run.who.asText() == System.getProperty('user.name')
        said.run.from.asText()
        said.run.ended.asText()
        said.hosts*.outcome*.asText() == ['rolled-back', 'rolled-back']
        said.hosts[0].undoes.run.asText() == id
        kept('-rollback.log')[0].text.contains('a-gw: ROLLED BACK')

        and: 'the one before that is undone next'
        run('rollback', file, '--yes') == 0
        port('a-gw') == ''
        run('rollback', file, '--yes') == 0
        printed == 'Nothing to roll back.\n'
    }

    def 'what could not be undone is named, and is no success'() {
        given:
        def file = applied(inventory('net', [5000, 5000]))
        def made = new File(folder, 'hosts/a-gw/ab0')
        made.delete()
        new File(made, 'somebody').mkdirs()

        expect:
        run('rollback', file, '--yes') == 5
        printed.contains("a-gw  FAILED\n      at: undoing run ${lastRun('a-gw')}\n      not undone: $made\n      The host is not as it was before.\n")
        printed.contains('b-gw  rolled back')
        printed.endsWith('Rollback: 1 of 2 hosts rolled back (1 failed)\n')
        record('-rollback.json').run.outcome.asText() == 'not-rolled-back'
        record('-rollback.json').hosts[0].output.asText() == "not undone: $made"
    }

    def 'where somebody is at work on one host, nothing is undone on any'() {
        given:
        def file = applied(inventory('net', [5000, 5000], 'net.core.one'))
        guard('b-gw', 'lock', 'other', 'eve since noon')

        expect:
        run('rollback', file, '--yes') == 7
        printed.contains('b-gw  LOCKED\n      at work there: eve since noon. Nothing was undone; --lock-timeout waits for it.\n')
        printed.contains('a-gw  NOT UNDONE\n      somebody else is at work on b-gw\n')
        port('a-gw') == '5000 5000'
        !new File(folder, 'guards/a-gw/lock').exists()

        when: 'with patience it goes on as soon as they have left'
        def patient = CompletableFuture.supplyAsync { run('rollback', file, '--yes', '--lock-timeout', '60s') }
        new PollingConditions(timeout: 60, delay: 0.1).eventually {
            assert kept('-rollback.log').last().text =~ /b-gw: status 75/ && kept('-rollback.log').size() == 2
        }
        guard('b-gw', 'unlock', 'other')

        then:
        patient.join() == 0
        port('a-gw') == ''
        port('b-gw') == ''
    }

    def 'one end of a tunnel does not go back alone: #how'() {
        given:
        def file = applied(inventory('net', [5000, 5000]))
        String id = lastRun('a-gw')
        if (how == 'away') away << 'b-gw'
        if (how == 'later') {
            inventory('net', [5000, 5000]).with { new File(it).text = new File(it).text.replace("become: NONE) { }", "become: NONE) { sysctl('net.core.two', 1) }") }
            applied(file)
        }

        expect:
        run(*(['rollback', file, '--yes'] + args)) == 4
        printed.contains("a-gw  NOT UNDONE\n      b-gw, the other end of ab0, $why".replace('ID', id))
        printed.contains('Nothing to roll back.') == nothing
        port('a-gw') == '5000 5000'
        port('b-gw') == '5000 5000'

        where:
        how     | args                || nothing | why
        'away'  | []                  || true    | 'cannot be looked at, and would be left with what this run made: '
        'limit' | ['--limit', 'a-gw'] || true    | 'keeps what this run made: it is not part of this rollback'
        'later' | []                  || false   | 'keeps what this run made: run '
    }

    def 'a run that changed one host alone is undone without the other'() {
        given:
        def file = applied(inventory('net', [5000, 5000]))
        inventory('net', [5000, 5000], 'net.core.one')
        applied(file)
        away << 'b-gw'

        expect: 'the host that is away is told of, the other one goes back'
        run('rollback', file, '--yes') == 3
        printed.contains('b-gw  UNREACHABLE')
        printed.endsWith('Rollback: 1 of 2 hosts rolled back (1 unreachable)\n')
        run('rollback', file, '--yes', '--limit', 'a-gw') == 4
        printed.contains('a-gw  NOT UNDONE')
        !new File(folder, 'hosts/etc/toy/net.core.one').exists()
        port('a-gw') == '5000 5000'
    }

    def 'only what this inventory changed is undone, and only while nothing lies on top'() {
        given:
        def mine = applied(inventory('mine', [], 'net.core.one'))
        String first = lastRun('a-gw')
        def other = applied(inventory('other', [], 'net.core.two'))
        String second = lastRun('a-gw')

        expect:
        run('rollback', mine, '--yes') == 4
        printed.contains("a-gw  NOT UNDONE\n      run $second of another inventory ('other', $other, by ${System.getProperty('user.name')}) lies on top of run")
        printed.replaceAll(/\s+/, ' ').contains("lies on top of run $first; that one has to be rolled back first")
        new File(folder, 'hosts/etc/toy').list().sort() == ['net.core.one', 'net.core.two']

        and: 'an inventory that changed nothing here undoes nothing'
        run('rollback', inventory('third', [], 'net.core.one'), '--yes') == 0
        printed == 'Nothing to roll back.\n'

        and:
        run('rollback', other, '--yes') == 0
        run('rollback', mine, '--yes') == 0
        (new File(folder, 'hosts/etc/toy').list() ?: []) as List == []
    }

    def 'hosts whose last runs are not the same are told as such'() {
        given:
        def file = inventory('net', [], 'net.core.one')
        applied(file)
        new File(file).text = new File(file).text.replace("become: NONE) { }", "become: NONE) { sysctl('net.core.two', 1) }")
        applied(file)

        expect:
        run('rollback', file, '--yes') == 0
        printed.contains('These are 2 runs, not one.\n')
        printed.endsWith('Rollback: 2 of 2 hosts rolled back\n')
    }

    def 'it promises no guard that there is not'() {
        expect:
        run('rollback', inventory('net', []), '--confirm-within', '60s') == 1
        printed.contains("no option '--confirm-within'")
    }
}
