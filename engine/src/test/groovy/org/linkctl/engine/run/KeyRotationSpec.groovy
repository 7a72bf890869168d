package org.linkctl.engine.run

import java.util.concurrent.CopyOnWriteArrayList
import org.linkctl.model.Os
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Selection
import org.linkctl.engine.StepResult
import org.linkctl.plan.Planner
import org.linkctl.shell.Fingerprints
import org.linkctl.shell.Step
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Existing
import org.linkctl.spi.Published
import org.linkctl.spi.Publishes
import org.linkctl.spi.Question
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.Timeout

/** Replacing the private keys of a tunnel: each is made on its host, and known only then. */
@Timeout(20)
class KeyRotationSpec extends Specification {
    def network = new Toy.Network()
    List<String> log = new CopyOnWriteArrayList<>()
    List<String> tunnels = ['wg0', 'wg1']

    def setup() {
        ['a', 'b'].each { host ->
            network.machines[host].running = { Step step ->
                log << "$host ${step.path()} = ${step.content().text()}".toString()
                null
            }
        }
    }

    def run(Map<String, List<String>> outworn = [:], Selection selection = Selection.ALL) {
        def fabric = Toy.pair(tunnels)
        def told = new Published(outworn.collectEntries { host, names -> [host, new Published.Values(names.collectEntries { [it, "1 of $host".toString()] }, [:])] })
        Toy.convergence(new RunPlanner(new Planner([new Keys(), new Ends(), new ToyTunnels.Routes()]), fabric, selection, new Secrets([:], new Fingerprints(new byte[32]), told), Events.SILENT), network)
    }

    def setupKeys() {
        assert run().apply().values().every { it instanceof Outcome.Changed }
        log.clear()
        network.forgetRuns()
    }

    def 'the keys are made, the tunnel is drained, both ends change, it is put back'() {
        given:
        setupKeys()

        when:
        def run = run(a: ['wg0'], b: ['wg0'])
        run.plan()

        then: 'the order is known before the keys are'
        run.stages().stages().collect { [it.paths(), it.hosts(), it.drained()] } == [[['wg0'], ['a', 'b'], true]]
        run.stages().cuts() == []

        when:
        def applied = run.apply()

        then:
        applied.values().every { it instanceof Outcome.Changed }
        log.take(2) as Set == ['a /key.wg0 = 2 of a', 'b /key.wg0 = 2 of b'] as Set
        log.subList(2, 4) as Set == ['a /route = wg1', 'b /route = wg1'] as Set
        log.subList(4, 6) == ['a /wg0 = 2 of a and 2 of b', 'b /wg0 = 2 of b and 2 of a']
        log.drop(6) as Set == ['a /route = wg0 wg1', 'b /route = wg0 wg1'] as Set
    }

    def 'the only tunnel is a cut that is named'() {
        given:
        tunnels = ['wg0']
        setupKeys()

        when:
        def run = run(a: ['wg0'], b: ['wg0'])
        run.plan()

        then:
        run.stages().cuts().collect { [it.host(), it.subject(), it.seconds(), it.why()] } ==
                [['a', 'wg0', 5, 'it is the only path that a has'], ['b', 'wg0', 5, 'it is the only path that a has']]
    }

    def 'one end alone keeps its key'() {
        given:
        setupKeys()

        when:
        def applied = run([a: ['wg0'], b: ['wg0']], new Selection(['a'] as Set, [] as Set)).apply()

        then:
        applied.values().first() instanceof Outcome.NotConverged
        log == []
    }

    def 'where an end fails, both have the keys they had: #step'() {
        given:
        setupKeys()
        def before = ['a', 'b'].collectEntries { [it, network.machines[it].files + [:]] }
        network.machines.b.running = { Step one -> one.path() == step ? new StepResult(1, 'no room') : null }

        when:
        def applied = run(a: ['wg0'], b: ['wg0']).apply()

        then:
        applied.values().every { it instanceof Outcome.RolledBack || it instanceof Outcome.Failed }
        ['a', 'b'].collectEntries { [it, network.machines[it].files + [:]] } == before

        where:
        step << ['/key.wg0', '/wg0']
    }

    def 'an end that was changed alone is followed by the other in the next run'() {
        given: 'linkctl was killed between two confirmations'
        setupKeys()
        network.machines.a.files.putAll(['/key.wg0': '2 of a', '/wg0': '2 of a and 2 of b'])

        when:
        def applied = run().apply()

        then:
        applied.values().every { it instanceof Outcome.Changed }
        network.machines.a.files['/wg0'] == '2 of a and 1 of b'
        network.machines.b.files['/wg0'] == '1 of b and 2 of a'
        run().apply().values().every { it instanceof Outcome.Converged }
    }

    /** What an end's key is; the second one where the first is worn out. */
    static class Keys implements Publishes<Key, ToyFound> {
        String name() { 'toy.key' }

        Os system() { Os.LINUX }

        List<Key> want(Scope scope) {
            String host = scope.host().name()
            scope.fabric().tunnels(scope.host()).collect {
                new Key(it.name(), scope.secrets().outworn().plain(host, it.name()).orElse(null), host, it.farFrom(host).host())
            }
        }

        static Question.ReadFile held(Key want) { Question.file(want.file()) }

        List<Question<?>> probe(Key want) { [held(want)] }

        ToyFound facts(Key want, Answers answers) { new ToyFound(answers.to(held(want))) }

        private static boolean right(Key want, ToyFound have) { have.content().present && have.content().get() != want.outworn }

        List<Change> diff(Key want, ToyFound have) { right(want, have) ? [] : [Change.file(want.file(), have.content().orElse(null), '(made there)')] }

        List<Step> steps(Key want, ToyFound have, List<Change> changes) {
            [Step.put(want.file(), '0600', "${have.content().present ? 2 : 1} of $want.host".toString())]
        }

        Published.Values publish(Key want, ToyFound have) { right(want, have) ? Published.Values.of(want.tunnel, have.content().get()) : Published.Values.NONE }
    }

    static class Key implements Resource {
        final String tunnel
        final String outworn
        final String host
        final String far

        Key(String tunnel, String outworn, String host, String far) {
            this.tunnel = tunnel
            this.outworn = outworn
            this.host = host
            this.far = far
        }

        String file() { "/key.$tunnel" }

        String id() { "toy.key[$tunnel]" }

        Set<String> provides() { ["key:$tunnel".toString()] as Set }

        Set<String> partners() { outworn ? [far] as Set : [] as Set }
    }

    /** An end runs with its own key and that of the other; with others it is cut. */
    static class Ends implements Existing<End, ToyFound> {
        String name() { 'toy.end' }

        Os system() { Os.LINUX }

        List<End> want(Scope scope) {
            String host = scope.host().name()
            scope.fabric().tunnels(scope.host()).collect {
                String far = it.farFrom(host).host()
                new End(it.name(), far, scope.published().plain(host, it.name()).orElse(null), scope.published().plain(far, it.name()).orElse(null))
            }
        }

        static Question.ReadFile held(End want) { Question.file(want.file()) }

        List<Question<?>> probe(End want) { [held(want)] }

        ToyFound facts(End want, Answers answers) { new ToyFound(answers.to(held(want))) }

        List<Change> diff(End want, ToyFound have) {
            if (want.content() == ToyTunnels.text(have)) return []
            def change = Change.state(want.tunnel, ToyTunnels.text(have), want.content())
            [ToyTunnels.text(have) ? change.cuts(5) : change]
        }

        boolean exists(End want, ToyFound have) { have.content().present }

        List<Step> steps(End want, ToyFound have, List<Change> changes) { want.unknowns() ? [] : [Step.put(want.file(), '0644', want.content())] }
    }

    static class End implements Resource {
        final String tunnel
        final String far
        final String key
        final String peer

        End(String tunnel, String far, String key, String peer) {
            this.tunnel = tunnel
            this.far = far
            this.key = key
            this.peer = peer
        }

        String content() { unknowns() ? Change.UNKNOWN : "$key and $peer" }

        String file() { "/$tunnel" }

        String id() { "toy.end[$tunnel]" }

        Set<String> provides() { ["tunnel:$tunnel".toString()] as Set }

        Set<String> needs() { ["key:$tunnel".toString()] as Set }

        List<String> unknowns() { key && peer ? [] : ["a key of $tunnel".toString()] }

        Optional<String> way() { Optional.of(tunnel) }
    }
}
