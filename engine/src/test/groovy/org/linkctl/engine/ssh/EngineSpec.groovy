package org.linkctl.engine.ssh

import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList

import org.linkctl.engine.run.Engine
import org.linkctl.engine.Events
import org.linkctl.engine.HostPlan
import org.linkctl.engine.Outcome
import org.linkctl.engine.Selection
import org.linkctl.engine.Settings
import org.linkctl.engine.run.Toy
import org.linkctl.model.Become
import org.linkctl.model.Fabric
import org.linkctl.model.Host
import org.linkctl.plan.Planner
import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Everything together: hosts that are one machine by many names, over real SSH and a real shell. */
@Timeout(120)
class EngineSpec extends Specification {
    static final int HOSTS = 24

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client
    List<String> told = new CopyOnWriteArrayList<>()

    def setup() {
        client = new Client(folder)
        client.knows(server)
    }

    Fabric fabric(int count) {
        Fabric plain = Toy.fabric((1..count).collect { "h$it".toString() } as String[])
        new Fabric(plain.name(), plain.sites(), plain.hosts().collect { host ->
            host.name() == 'h2' ? Client.host(1, 'root', Become.AUTO, 'h2') : Client.host(server.port, 'root', Become.AUTO, host.name())
        }, plain.intents())
    }

    Events events() {
        new Events() {
            void connecting(Host host) { told << "connecting ${host.name()}".toString() }
            void probing(Host host, int questions) { told << "probing ${host.name()} $questions".toString() }
            void planned(Host host, HostPlan plan) { told << "planned ${host.name()} ${plan.items().size()}".toString() }
            void step(Host host, Step step, int number, int of) { told << "step ${host.name()} $number/$of".toString() }
            void ended(Host host, Outcome outcome) { told << "ended ${host.name()} ${outcome.class.simpleName}".toString() }
        }
    }

    Engine engine() {
        def module = new Toy.Files(folder: folder.path, apart: true)
        new Engine(new Planner([module]), client.connector(), events(), client.settings)
    }

    def 'a single command has the time of the run where that is said, and is ended by the host after it'() {
        given: 'a step has two seconds'
        client.commandTimeout = Duration.ofMillis(100)
        def fabric = fabric(1)
        def outcome = { Settings settings ->
            new SshConnector(settings, events()).withCloseable { connector ->
                new Engine(new Planner([]), connector, events(), settings).commands().withCloseable {
                    it.run(fabric.hosts().first(), Argv.of('sleep', '5'))
                }
            }
        }

        expect:
        outcome(client.settings).status() != 0
        outcome(client.settings.withStepsOfRun()).status() == 0
    }

    def 'who logs in can be another one than the inventory says'() {
        given:
        def settings = client.settings.as('installer')

        expect:
        new SshConnector(settings, client.events).withCloseable { connector ->
            connector.connect(Client.host(server.port, 'ops')).close()
            true
        }
        client.traces.any { it.startsWith('connected to installer@127.0.0.1') }
    }

    def 'many hosts: one login each for plan and apply, one more to confirm, one that is away, and nothing to do the second time'() {
        when:
        def run = engine().open(fabric(HOSTS), Selection.ALL)
        def planned = run.plan().collectEntries { host, outcome -> [host.name(), outcome] }
        def applied = run.apply().collectEntries { host, outcome -> [host.name(), outcome] }
        run.close()

        then:
        planned.h2 == new Outcome.Unreachable('127.0.0.1:1: connection refused')
        planned.h1 instanceof Outcome.WouldChange
        applied.h2 == planned.h2
        applied.h1 instanceof Outcome.NotConverged
        (3..HOSTS).every { applied["h$it".toString()] instanceof Outcome.Changed }
        (3..HOSTS).every { new File(folder, "h$it/key").text == "key of h$it" }
        new File(folder, 'h3/peer').text == 'key of h4'
        server.logins.get() == 2 * (HOSTS - 1)
        told.containsAll(['connecting h5', 'probing h5 3', 'planned h5 2', 'step h5 1/1', 'ended h5 WouldChange', 'ended h5 Changed'])

        when:
        server.commands.clear()
        told.clear()
        def again = engine().open(fabric(HOSTS), Selection.ALL)
        def outcomes = again.apply()
        again.close()

        then:
        outcomes.findAll { host, outcome -> outcome instanceof Outcome.Converged }.size() == HOSTS - 2
        told.every { !it.startsWith('step ') }
        server.commands.size() == HOSTS - 1
    }

    def 'a host remembers what is its inventory\'s, readable by root alone, and what is no longer declared goes'() {
        given:
        def module = new Toy.Files(folder: folder.path, apart: true, peers: false, owned: ['one', 'two'])
        def apply = {
            def run = new Engine(new Planner([module]), client.connector(), Events.SILENT, client.settings).open(fabric(1), Selection.ALL)
            def outcome = run.apply().values().first()
            run.close()
            outcome
        }
        def manifest = new File(client.settings.safety().home('h1'), 'owned/toy')

        when:
        def first = apply()
        server.commands.clear()
        def second = apply()

        then:
        first instanceof Outcome.Changed
        second instanceof Outcome.Converged
        server.commands.size() == 1
        manifest.readLines().drop(2) == ["toy.files[one]; found=nothing; path=$folder/h1/one", "toy.files[two]; found=nothing; path=$folder/h1/two"]*.toString()
        Files.getPosixFilePermissions(manifest.toPath()) == PosixFilePermissions.fromString('rw-------')

        when:
        new File(folder, 'h1/foreign').text = 'not ours'
        module.owned = ['two']
        def third = apply()

        then:
        third instanceof Outcome.Changed
        (new File(folder, 'h1').list().toList() - ['guard', 'owned', 'runs']).sort() == ['foreign', 'key', 'two']
        manifest.readLines().drop(2) == ["toy.files[two]; found=nothing; path=$folder/h1/two".toString()]
        apply() instanceof Outcome.Converged
    }

    def 'verify over SSH'() {
        when:
        def healths = engine().verify(fabric(4), new Selection(['h3'] as Set, [] as Set))

        then:
        healths.values().toList()[0].findings()*.subject() == ["$folder/h3/key", "$folder/h3/peer"]*.toString()
    }
}
