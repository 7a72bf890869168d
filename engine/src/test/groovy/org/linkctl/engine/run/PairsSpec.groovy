package org.linkctl.engine.run

import java.util.concurrent.CopyOnWriteArrayList
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Selection
import org.linkctl.engine.Stages
import org.linkctl.engine.StepResult
import org.linkctl.model.Fabric
import org.linkctl.model.Os
import org.linkctl.model.Pair
import org.linkctl.model.Site
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Module
import org.linkctl.spi.Published
import org.linkctl.spi.Publishes
import org.linkctl.spi.Question
import org.linkctl.spi.Resource
import org.linkctl.spi.Role
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.Timeout

/** A pair of hosts: the order of changes, and which host carries the traffic meanwhile. */
@Timeout(20)
class PairsSpec extends Specification {
    def network = new Toy.Network()
    def parts = new Parts()
    def rules = new Rules()
    List<String> log = new CopyOnWriteArrayList<>()

    def setup() {
        ['x', 'y'].each { host ->
            network.machines[host].running = { Step step ->
                String path = step.path()
                String text = step.content().text()
                log << "$host $path = $text".toString()
                if (path == '/part') parts.master = text == 'leaves' ? other(host) : parts.preferred
                null
            }
        }
        assert run().apply().values().every { it instanceof Outcome.Changed }
        log.clear()
        network.forgetRuns()
    }

    static String other(String host) { host == 'x' ? 'y' : 'x' }

    def run(Selection selection = Selection.ALL) {
        def fabric = new Fabric('toy', [new Site('a', [], Toy.AT)], ['x', 'y'].collect { Toy.host(it) }, [new Pair('p', 'a', ['x', 'y'], Toy.AT)])
        Toy.convergence(new RunPlanner(new Planner([parts, rules]), fabric, selection, Secrets.NONE, Events.SILENT), network)
    }

    static Stages.Stage stage(String host, Stages.Mode how) { new Stages.Stage(["host:$host".toString()], [host], how) }

    def 'whoever stands by goes first, then the roles are changed, then the other goes: #preferred is master'() {
        given:
        parts.master = parts.preferred = preferred
        String standby = other(preferred)
        rules.version = 2

        when:
        def run = run()
        def planned = run.plan()

        then: 'the plan says so, and that nothing is cut'
        run.stages() == new Stages([stage(standby, Stages.Mode.STANDBY), stage(preferred, Stages.Mode.DRAINED)], [])
        planned.values().every { it.plan().items()*.changes().flatten()*.traffic() == [Change.Traffic.MOVES] }

        when:
        def applied = run.apply()

        then:
        applied.values().every { it instanceof Outcome.Changed }
        log == ["$standby /rules = 2", "$preferred /part = leaves", "$preferred /rules = 2", "$preferred /part = stays"]
        parts.master == preferred

        where:
        preferred << ['x', 'y']
    }

    def 'a connection that would be lost with the role is named as a cut, and the master keeps it'() {
        given:
        parts.yields = false
        rules.version = 2

        when:
        def run = run()
        run.plan()

        then:
        run.stages().stages() == [stage('y', Stages.Mode.STANDBY), stage('x', Stages.Mode.IN_PLACE)]
        run.stages().cuts()*.host() == ['x']

        when:
        run.apply()

        then:
        log == ['y /rules = 2', 'x /rules = 2']
    }

    def 'the master alone is changed while the other one, which is only asked, has the traffic'() {
        given:
        rules.version = 2

        when:
        def applied = run(new Selection(['x'] as Set, [] as Set)).apply()

        then:
        applied.values().every { it instanceof Outcome.Changed }
        log == ['x /part = leaves', 'x /rules = 2', 'x /part = stays']
    }

    def 'where the one that stands by cannot be changed, the master is left alone'() {
        given:
        rules.version = 2
        def usual = network.machines.y.running
        network.machines.y.running = { Step step -> step.path() == '/rules' ? new StepResult(1, 'no') : usual(step) }

        when:
        def applied = run().apply()

        then:
        applied.find { it.key.name() == 'y' }.value instanceof Outcome.RolledBack
        applied.find { it.key.name() == 'x' }.value instanceof Outcome.NotConverged
        applied.find { it.key.name() == 'x' }.value.why().startsWith('not begun: toy.rules; y: rolled back: ')
        log == []
    }

    def 'hosts of which it is not known who is master go side by side, as any others do'() {
        given:
        parts.master = null
        rules.version = 2

        when:
        def run = run()
        run.plan()

        then:
        run.stages().stages() == []
        run.stages().cuts()*.host() as Set == ['x', 'y'] as Set
    }

    /** Which of the two is master; the one that leaves is not. */
    static class Parts implements Publishes<Part, ToyFound> {
        String preferred = 'x'
        String master = 'x'
        boolean yields = true

        String name() { 'toy.part' }

        Os system() { Os.LINUX }

        List<Part> want(Scope scope) {
            String host = scope.host().name()
            def here = scope.published().plain(host, 'part').orElse('?')
            def there = scope.published().plain(other(host), 'part').orElse('?')
            def known = [here, there] as Set == ['master', 'backup'] as Set
            [new Part(host, scope.drained().contains(Resource.through(host)), known ? Optional.of(new Role(here == 'master', yields)) : Optional.empty())]
        }

        static Question.ReadFile held(Part want) { Question.file('/part') }

        List<Question<?>> probe(Part want) { [held(want)] }

        ToyFound facts(Part want, Answers answers) { new ToyFound(answers.to(held(want))) }

        List<Change> diff(Part want, ToyFound have) {
            String found = have.content().orElse(null)
            found == want.content() ? [] : [Change.state('part', found, want.content())]
        }

        List<Step> steps(Part want, ToyFound have, List<Change> changes) { [Step.put('/part', '0644', want.content())] }

        Published.Values publish(Part want, ToyFound have) {
            master == null ? Published.Values.NONE : Published.Values.of('part', want.host == master ? 'master' : 'backup')
        }
    }

    static class Part implements Resource {
        final String host
        final boolean leaves
        final Optional<Role> role

        Part(String host, boolean leaves, Optional<Role> role) {
            this.host = host
            this.leaves = leaves
            this.role = role
        }

        String content() { leaves ? 'leaves' : 'stays' }

        String id() { 'toy.part' }

        Set<String> spreads() { [Resource.through(host)] as Set }

        Optional<Role> hostRole() { role }
    }

    /** Something whose change cuts what goes through its host. */
    static class Rules implements Module<ToyWanted, ToyFound> {
        int version = 1

        String name() { 'toy.rules' }

        Os system() { Os.LINUX }

        List<ToyWanted> want(Scope scope) { [new ToyWanted('toy.rules', '/rules', "$version".toString(), [])] }

        static Question.ReadFile held(ToyWanted want) { Question.file('/rules') }

        List<Question<?>> probe(ToyWanted want) { [held(want)] }

        ToyFound facts(ToyWanted want, Answers answers) { new ToyFound(answers.to(held(want))) }

        List<Change> diff(ToyWanted want, ToyFound have) {
            String found = have.content().orElse(null)
            if (found == want.content()) return []
            def change = Change.state('rules', found, want.content())
            [found ? change.cuts(1) : change]
        }

        List<Step> steps(ToyWanted want, ToyFound have, List<Change> changes) { [Step.put('/rules', '0644', want.content())] }
    }
}
