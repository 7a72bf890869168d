package org.linkctl.engine.ssh

import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CountDownLatch

import org.linkctl.engine.run.Engine
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Run
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.engine.Settings
import org.linkctl.engine.run.Toy
import org.linkctl.engine.run.ToyFound
import org.linkctl.engine.run.ToyWanted
import org.linkctl.model.Become
import org.linkctl.model.Fabric
import org.linkctl.model.Host
import org.linkctl.model.Os
import org.linkctl.model.Site
import org.linkctl.model.SshTarget
import org.linkctl.plan.Planner
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

/** Two engineers apply at once to the same hosts, over real SSH: the result is that of one after the other. */
@Timeout(300)
class TwoRunsSpec extends Specification {
    static final List<String> HOSTS = ['a', 'b', 'c']

    @TempDir File folder
    @AutoCleanup TestServer server = new TestServer().start()
    Client client

    def setup() {
        client = new Client(folder)
        client.knows(server)
        server.server.commandFactory = { channel, String command ->
            new TestServer.RealCommand(['/bin/sh', '-c', command], [LINKCTL_GUARD_UNITS: folder.path])
        }
        HOSTS.each { new File(folder, "hosts/$it").mkdirs() }
    }

    private Run open(String content, Duration patience) {
        def plain = client.settings
        def safety = new Safety(Duration.ofSeconds(30), patience, "$folder/guards/%h".toString(), [who: content])
        def settings = new Settings(4, Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofMinutes(2), plain.sshConfig(), plain.hostKeys(), plain.passwords(), safety)
        def hosts = HOSTS.collect { new Host(it, 'a', Os.LINUX, new SshTarget(it, '127.0.0.1', server.port), Become.NONE, null, Toy.AT) }
        new Engine(new Planner([new Content(folder: "$folder/hosts", content: content)]), new SshConnector(settings, Events.SILENT), Events.SILENT, settings)
                .open(new Fabric('two', [new Site('a', [], Toy.AT)], hosts, []), Selection.ALL)
    }

    /** Both have seen the hosts as they are before either of them takes a lock. */
    private List<Map<Host, Outcome>> both(Duration patience) {
        def seen = new CountDownLatch(2)
        ['one', 'two'].collect { content ->
            CompletableFuture.supplyAsync({
                open(content, patience).withCloseable { run ->
                    run.plan()
                    seen.countDown()
                    seen.await()
                    run.apply()
                }
            }, { Thread.ofVirtual().start(it) })
        }*.join()
    }

    private Set<String> contents() {
        HOSTS.collect { new File(folder, "hosts/$it/content").with { it.exists() ? it.text : '' } } as Set
    }

    def 'who waits comes after the other, on all hosts'() {
        expect:
        (1..10).every { round ->
            HOSTS.each { new File(folder, "hosts/$it/content").text = "before round $round" }
            def outcomes = both(Duration.ofSeconds(60))
            assert outcomes.every { it.values().every { it instanceof Outcome.Changed } } : outcomes
            assert contents().size() == 1
            assert contents().first() in ['one', 'two']
            true
        }
    }

    def 'who does not wait changes nothing anywhere, and leaves no lock'() {
        expect:
        (1..5).every { round ->
            HOSTS.each { new File(folder, "hosts/$it/content").text = "before round $round" }
            def outcomes = both(Duration.ZERO)
            def changed = outcomes.findAll { it.values().every { it instanceof Outcome.Changed } }
            def refused = outcomes.findAll { it.values().any { it instanceof Outcome.Locked } }
            assert changed.size() + refused.size() == 2 : outcomes
            assert changed : outcomes
            assert refused.every { it.values().every { it instanceof Outcome.Locked || it instanceof Outcome.WouldChange } } : refused
            assert contents().size() == 1
            assert HOSTS.every { !new File(folder, "guards/$it").list().any { it.startsWith('lock') } }
            true
        }
    }

    def 'a run that is left after its locks were taken gives them back'() {
        when:
        open('one', Duration.ZERO).withCloseable { it.reserve() }

        then:
        HOSTS.every { new File(folder, "guards/$it/runs").list() == null && !new File(folder, "guards/$it").list().any { it.startsWith('lock') } }
    }

    /** One file, of one content, on every host. */
    static class Content implements Module<ToyWanted, ToyFound> {
        String folder
        String content

        String name() { 'toy.content' }

        Os system() { Os.LINUX }

        List<ToyWanted> want(Scope scope) { [new ToyWanted('toy.content', "$folder/${scope.host().name()}/content".toString(), content, [])] }

        static Question.ReadFile held(ToyWanted want) { Question.file(want.path()) }

        List<Question<?>> probe(ToyWanted want) { [held(want)] }

        ToyFound facts(ToyWanted want, Answers answers) { new ToyFound(answers.to(held(want))) }

        List<Change> diff(ToyWanted want, ToyFound have) {
            have.content() == Optional.of(want.content()) ? [] : [Change.file(want.path(), have.content().orElse(null), want.content())]
        }

        List<Step> steps(ToyWanted want, ToyFound have, List<Change> changes) { [Step.put(want.path(), '0644', want.content())] }
    }
}
