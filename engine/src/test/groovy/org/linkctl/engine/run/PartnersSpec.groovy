package org.linkctl.engine.run

import java.time.Duration
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.engine.StepResult
import org.linkctl.engine.Unreachable
import org.linkctl.plan.Planner
import org.linkctl.spi.Refused
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.Timeout

/** Changes that need two hosts in one run are made on both or on none. */
@Timeout(20)
class PartnersSpec extends Specification {
    static final String ALONE = 'b, which has to change in the same run'

    def network = new Toy.Network()
    def module = new Toy.Files(peers: false, shared: true)

    def run(Selection selection = Selection.ALL) {
        new Convergence(
                new RunPlanner(new Planner([module]), Toy.fabric('a', 'b'), selection, Secrets.NONE, Events.SILENT),
                new Fleet(network, Events.SILENT, 4, Duration.ofSeconds(15)),
                Safety.USUAL,
                new SettleTime(Duration.ofMillis(200), Duration.ofMillis(5)))
    }

    def named(Map outcomes) { outcomes.collectEntries { host, outcome -> [host.name(), outcome] } }

    def 'both are there: both change, in one pass'() {
        expect:
        named(run().apply()).values().every { it instanceof Outcome.Changed }
        network.machines.a.files['/shared'] == 'shared with b'
        network.machines.b.files['/shared'] == 'shared with a'
        network.machines.values().every { it.done*.path() == ['/key', '/shared'] }
    }

    def 'one is not part of the run, or cannot be: #how'() {
        given:
        if (how == 'away') network.away.b = 'no route'
        if (how == 'refused') module.diffHook = { if (it.content() in ['shared with a', 'key of b']) throw new Refused('odd') }
        def run = run(how == 'limit' ? new Selection(['a'] as Set, [] as Set) : Selection.ALL)

        when:
        def planned = named(run.plan())
        def applied = named(run.apply())

        then: 'the plan says so, where it can be known then'
        planned.a.plan().items()[1].unknowns() == [ALONE]
        planned.a.plan().items()[1].partners() == ['b'] as Set

        and: 'the rest is done, this is not'
        network.machines.a.done*.path() == ['/key']
        applied.a instanceof Outcome.NotConverged
        applied.a.why().startsWith("not known: $ALONE")
        network.machines.b.done == []

        where:
        how << ['limit', 'away', 'refused']
    }

    def 'modules are told who could not be reached: #how'() {
        given:
        def offline = [] as Set
        def listening = new Toy.Files() {
            List<ToyWanted> want(Scope scope) {
                offline.addAll(scope.published().offline())
                super.want(scope)
            }
        }
        listening.peers = false
        listening.shared = true
        int asked = 0
        if (how == 'from the start') network.away.b = 'no route'
        if (how == 'lost on the way') network.machines.b.asking = { if (asked++ > 1) throw new Unreachable('gone'); null }

        when:
        new Convergence(
                new RunPlanner(new Planner([listening]), Toy.fabric('a', 'b'), Selection.ALL, Secrets.NONE, Events.SILENT),
                new Fleet(network, Events.SILENT, 4, Duration.ofSeconds(15)), Safety.USUAL,
                new SettleTime(Duration.ofMillis(200), Duration.ofMillis(5))).apply()

        then:
        offline == told as Set

        where:
        how               | told
        'from the start'  | ['b']
        'lost on the way' | []
        'not at all'      | []
    }

    def 'one waits for something of its own: the other one waits with it'() {
        given:
        def waiting = new Toy.Files() {
            List<ToyWanted> want(Scope scope) {
                super.want(scope).collect { it.path() == '/shared' && scope.host().name() == 'b' ? new ToyWanted(it.id(), it.path(), it.content(), ['the key of nobody']) : it }
            }
        }
        waiting.peers = false
        waiting.shared = true
        def run = new Convergence(
                new RunPlanner(new Planner([waiting]), Toy.fabric('a', 'b'), Selection.ALL, Secrets.NONE, Events.SILENT),
                new Fleet(network, Events.SILENT, 4, Duration.ofSeconds(15)), Safety.USUAL,
                new SettleTime(Duration.ofMillis(200), Duration.ofMillis(5)))

        when:
        def planned = named(run.plan())
        def applied = named(run.apply())

        then:
        planned.a.plan().items()[1].unknowns() == ['files[shared] on b, which waits itself']
        planned.a.plan().items()[1].steps() == []
        network.machines.values().every { it.done*.path() == ['/key'] }
        applied.values().every { it instanceof Outcome.NotConverged }
    }

    def 'one waits for what the other makes, as for a new pre-shared key: that one begins'() {
        given:
        def making = new Toy.Files() {
            List<ToyWanted> want(Scope scope) {
                super.want(scope).collect {
                    it.path() == '/shared' && scope.host().name() == 'b' && !network.machines.a.files['/shared'] ? new ToyWanted(it.id(), it.path(), it.content(), ['what is made by a']) : it
                }
            }
        }
        making.peers = false
        making.shared = true
        def run = new Convergence(
                new RunPlanner(new Planner([making]), Toy.fabric('a', 'b'), selection, Secrets.NONE, Events.SILENT),
                new Fleet(network, Events.SILENT, 4, Duration.ofSeconds(15)), Safety.USUAL,
                new SettleTime(Duration.ofMillis(200), Duration.ofMillis(5)))

        when:
        def planned = named(run.plan())
        def applied = named(run.apply())

        then:
        planned.a.plan().items()[1].unknowns() == waiting
        applied.every { host, outcome -> outcome instanceof Outcome.Changed == waiting.empty }
        (network.machines.a.files['/shared'] == 'shared with b') == waiting.empty
        (network.machines.b.files['/shared'] == 'shared with a') == waiting.empty

        where: 'not where the other one cannot follow'
        selection                               | waiting
        Selection.ALL                           | []
        new Selection(['a'] as Set, [] as Set)  | [ALONE]
    }

    def 'one fails half way: the other goes back, however well it looks'() {
        given:
        network.machines.b.running = { step -> step.path() == '/shared' ? new StepResult(1, 'no room') : null }

        when:
        def applied = named(run().apply())

        then:
        applied.b instanceof Outcome.RolledBack || applied.b instanceof Outcome.Failed
        applied.a instanceof Outcome.RolledBack
        applied.a.why() == 'b, which had to change in the same run, did not'
        network.machines.a.files == [:]
        network.machines.b.files == [:]
    }

    def 'one cannot be confirmed: the other goes back, though it was'() {
        given:
        network.machines.b.confirming = { network.machines.b.undo('nobody confirmed it within 60 s'); new StepResult(1, 'the change is being undone') }

        when:
        def applied = named(run().apply())

        then:
        applied.values().every { it instanceof Outcome.RolledBack }
        applied.a.why() == 'b, which had to change in the same run, did not'
        network.machines.values().every { it.files == [:] }
    }

    def 'one end is undone, and the other cannot be, since another run has locked it'() {
        given:
        network.machines.b.confirming = {
            network.machines.a.holder = 'eve since noon'
            network.machines.b.undo('nobody confirmed it within 60 s')
            new StepResult(1, 'the change is being undone')
        }

        when:
        def applied = named(run().apply())

        then:
        applied.a instanceof Outcome.Failed
        applied.a.output() == 'b, which had to change in the same run, did not; it stays changed'
        network.machines.a.files['/shared'] == 'shared with b'
    }
}
