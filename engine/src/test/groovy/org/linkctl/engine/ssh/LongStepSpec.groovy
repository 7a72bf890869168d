package org.linkctl.engine.ssh

import java.time.Duration

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
import org.linkctl.plan.Planner
import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import org.linkctl.spi.Change
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** A step that takes longer than the guard waits for a keepalive. */
@Timeout(60)
class LongStepSpec extends Specification {
    static final Duration CONFIRM = Duration.ofSeconds(5)

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client
    File dir
    boolean away = false

    def setup() {
        client = new Client(folder)
        client.knows(server)
        server.environment.LINKCTL_GUARD_UNITS = folder.path
        server.server.publickeyAuthenticator = { user, key, session -> !away }
        dir = new File(folder, 'hosts/a')
        dir.mkdirs()
        new File(dir, 'changed').text = 'before'
        new File(dir, 'removed').text = 'before'
    }

    private Run open(Events events) {
        def plain = client.settings
        def safety = new Safety(CONFIRM, Duration.ZERO, "$folder/guards/%h".toString(), [who: 'test'])
        def settings = new Settings(1, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(2), plain.sshConfig(), plain.hostKeys(), plain.passwords(), safety)
        def host = new Host('a', 'a', org.linkctl.model.Os.LINUX, new org.linkctl.model.SshTarget('root', '127.0.0.1', server.port), Become.NONE, null, Toy.AT)
        def fabric = new Fabric('long', [new org.linkctl.model.Site('a', [], Toy.AT)], [host], [])
        new Engine(new Planner([new Long(folder: dir.parent)]), new SshConnector(settings, events), events, settings).open(fabric, Selection.ALL)
    }

    private String state() {
        def runs = new File(folder, 'guards/a/runs').listFiles()
        runs ? new File(runs.first(), 'state').text.strip() : ''
    }

    def 'a long step is not taken for silence as long as its connection stands'() {
        when:
        def outcome = open(Events.SILENT).withCloseable { it.apply().values().first() }

        then:
        outcome instanceof Outcome.Changed
        state() == 'confirmed'
        new File(dir, 'changed').text == 'after'
    }

    def 'once its connection is gone it is undone, though the step still ran on'() {
        given:
        def before = Tree.of(dir.toPath())
        def events = new Events() {
            void trace(Host host, String text) {
                if (!text.startsWith('$ sleep')) return
                away = true
                server.server.activeSessions*.close(true)
            }
        }

        when:
        def run = open(events)
        Thread.startDaemon { run.apply() }

        then:
        new PollingConditions(timeout: 40, delay: 0.1).eventually { assert state() == 'undone' }
        Tree.of(dir.toPath()) == before

        cleanup:
        run?.close()
    }

    static class Long extends KilledSpec.Files {
        List<Step> steps(KilledWant want, KilledFound have, List<Change> changes) {
            super.steps(want, have, changes) + [Step.run(Argv.of('sleep', '9'))]
        }
    }
}
