package org.linkctl.engine.ssh

import java.time.Duration
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger

import org.linkctl.engine.run.Engine
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Run
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.engine.Settings
import org.linkctl.engine.Tree
import org.linkctl.engine.run.Toy
import org.linkctl.model.Become
import org.linkctl.model.Fabric
import org.linkctl.model.Host
import org.linkctl.model.Os
import org.linkctl.plan.Planner
import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Module
import org.linkctl.spi.Question
import org.linkctl.spi.Scope
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/**
 * A real apply over real SSH, killed before each of its steps in turn, those of the guard included: the connection,
 * linkctl, or the host. Whatever the point, the host ends as it was or as it shall be, and the next run converges.
 */
@Timeout(600)
class KilledSpec extends Specification {
    /** How long a host waits for a sign of life, and how long one that is away stays away. */
    static final Duration CONFIRM = Duration.ofSeconds(5)
    static final Duration AWAY = Duration.ofSeconds(12)

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client
    /** Until when a user's logins are refused. */
    final Map<String, Long> away = new java.util.concurrent.ConcurrentHashMap<>()

    def setup() {
        client = new Client(folder)
        client.knows(server)
        server.server.publickeyAuthenticator = { user, key, session -> System.nanoTime() > away.getOrDefault(user, 0L) }
    }

    private File at(String name) { new File(folder, "hosts/$name") }

    /** A host that is one of this machine's folders, as it is before. */
    private Host made(String name) {
        def dir = at(name)
        dir.mkdirs()
        new File(dir, 'changed').text = 'before'
        new File(dir, 'removed').text = 'before'
        // What linkctl has nothing to do with, and a folder that is empty.
        new File(dir, 'of others').mkdir()
        new Host(name, 'a', org.linkctl.model.Os.LINUX, new org.linkctl.model.SshTarget(name, '127.0.0.1', server.port), Become.NONE, null,
                new org.linkctl.diag.Place('test', 1, 1))
    }

    /** All files, with their modes and owners; what a shell is about to put in place may still be there for a moment. */
    private Map<String, String> state(String name) { Tree.of(at(name).toPath()) }

    /** What each host is before, and what one is after an apply that nobody kills. */
    Map<String, String> before
    Map<String, String> after

    static final Map<String, String> AFTER = [changed: 'after', made: 'made', ran: '', drawn: 'drawn\n']

    private Run open(Host host, Events events) {
        def plain = client.settings
        def safety = new Safety(CONFIRM, Duration.ofSeconds(30), "$folder/guards/%h".toString(), [who: 'test'])
        def settings = new Settings(1, Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMinutes(2), plain.sshConfig(), plain.hostKeys(), plain.passwords(), safety)
        def fabric = new Fabric('killed', [new org.linkctl.model.Site('a', [], Toy.AT)], [host], [])
        new Engine(new Planner([new Files(folder: new File(folder, 'hosts').path)]), new SshConnector(settings, events), events, settings).open(fabric, Selection.ALL)
    }

    /** Counts the steps as they begin, and does something before one of them. */
    static class At implements Events {
        final AtomicInteger steps = new AtomicInteger()
        int point = Integer.MAX_VALUE
        Closure<?> act = {}

        void trace(Host host, String text) {
            if (text.startsWith('$ ') && steps.getAndIncrement() == point) act()
        }
    }

    private void drop(String name) {
        server.server.activeSessions.findAll { it.username == name }*.close(true)
    }

    /** The processes that a host would lose, all at once: again until none is left that another began meanwhile. */
    private void crash(String name) {
        def lost = processes(name)
        while (lost) {
            lost.each { it.destroyForcibly() }
            lost.each { it.onExit().get() }
            lost = processes(name)
        }
    }

    private List<ProcessHandle> processes(String name) {
        ProcessHandle.allProcesses().filter { process ->
            def file = new File("/proc/${process.pid()}/environ")
            def words = process.info().commandLine().orElse('')
            words.contains("$folder/guards/$name/guard watch") || (file.canRead() && environment(file).contains("LINKCTL_TEST_HOST=$name\0"))
        }.toList()
    }

    private static String environment(File file) {
        try {
            file.text + '\0'
        } catch (IOException ended) {
            ''
        }
    }

    private void killed(String how, int point) {
        String name = "h-$how-$point"
        Host host = made(name)
        def killer = new At(point: point)
        Run run = open(host, killer)
        killer.act = {
            switch (how) {
                case 'connection': drop(name); break
                case 'away':
                    away[name] = System.nanoTime() + AWAY.toNanos()
                    drop(name)
                    break
                case 'linkctl': run.close(); break
                case 'host':
                    // Nobody comes in until it has booted: a sign of life would begin new processes meanwhile.
                    away[name] = Long.MAX_VALUE
                    drop(name)
                    crash(name)
                    new File(at(name), 'ran').delete()
                    new ProcessBuilder('sh', "$folder/guards/$name/guard", 'boot').start().waitFor()
                    away.remove(name)
            }
        }
        def outcome = run.apply().values().first()
        run.close()
        String told = "$name: $outcome"

        // Whatever waits comes to its end by itself.
        new PollingConditions(timeout: 40, delay: 0.2).eventually {
            assert !new File(folder, "guards/$name/armed").exists() : told
        }
        // What only ran is the kernel's and goes with a restart; nothing here brings it back at boot.
        assert state(name) in [before, after] + (how == 'host' ? [after.findAll { it.key != 'ran' }] : []) : told
        if (outcome instanceof Outcome.Changed) assert state(name) != before : told
        if (outcome instanceof Outcome.RolledBack) assert state(name) == before : told

        new PollingConditions(timeout: 20, delay: 0.1).eventually { assert System.nanoTime() > away.getOrDefault(name, 0L) }
        Run next = open(host, Events.SILENT)
        def second = next.apply().values().first()
        next.close()
        assert second.good() : "$told, then $second"
        assert state(name) == after : told
        def kept = new File(folder, "guards/$name").list().toList().sort()
        assert kept == ['guard', 'runs'] || kept == [] : "$told: $kept"
        new File(folder, "guards/$name/runs").listFiles().each { one ->
            assert new File(one, 'state').text.strip() in ['confirmed', 'undone'] : "$told: $one.name"
        }
    }

    def 'at every step: #how'() {
        given: 'how many steps an apply has that nobody kills'
        server.server.commandFactory = { channel, String command ->
            new TestServer.RealCommand(['/bin/sh', '-c', command], [LINKCTL_GUARD_UNITS: folder.path, LINKCTL_TEST_HOST: channel.session.username])
        }
        def quiet = new At()
        def host = made("h-$how-quiet")
        before = state(host.name())
        open(host, quiet).withCloseable { assert it.apply().values().first() instanceof Outcome.Changed }
        after = state(host.name())
        assert after.keySet() == ['', 'of others', *AFTER.keySet()] as Set
        int points = quiet.steps.get()
        def pool = Executors.newFixedThreadPool(6)

        when:
        def results = (0..<points).collect { point -> pool.submit({ killed(how, point) } as java.util.concurrent.Callable) }
        results*.get()
        println "killed at $points points: $how"

        then:
        points > 12

        cleanup:
        pool.shutdownNow()

        where:
        how << ['connection', 'away', 'linkctl', 'host']
    }

    /** One resource of several steps of every kind. */
    static class Files implements Module<KilledWant, KilledFound> {
        String folder

        String name() { 'toy.sweep' }

        Os system() { Os.LINUX }

        List<KilledWant> want(Scope scope) { [new KilledWant("$folder/${scope.host().name()}".toString())] }

        List<Question<?>> probe(KilledWant want) { held(want).values().toList() }

        static Map<String, Question.ReadFile> held(KilledWant want) {
            ['changed', 'removed', 'made', 'ran', 'drawn'].collectEntries { [it, Question.file("$want.dir/$it".toString())] }
        }

        KilledFound facts(KilledWant want, Answers answers) {
            new KilledFound(held(want).collectEntries { name, file -> [name, answers.to(file).orElse(null)] }.findAll { it.value != null })
        }

        List<Change> diff(KilledWant want, KilledFound have) {
            have.files() == KilledSpec.AFTER ? [] : [Change.state('all', have.files().toString(), KilledSpec.AFTER.toString())]
        }

        List<Step> steps(KilledWant want, KilledFound have, List<Change> changes) {
            [Step.put("$want.dir/changed", '0644', 'after'), new Step.RemoveFile("$want.dir/removed".toString()),
             Step.run(Argv.of('touch', "$want.dir/ran".toString()), Argv.of('rm', '-f', "$want.dir/ran".toString())),
             Step.put("$want.dir/made", '0600', 'made'), new Step.GenerateFile("$want.dir/drawn".toString(), '0600', Argv.of('echo', 'drawn'))]
        }
    }
}
