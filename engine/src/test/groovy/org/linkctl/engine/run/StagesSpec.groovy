package org.linkctl.engine.run

import java.util.concurrent.CopyOnWriteArrayList
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Selection
import org.linkctl.engine.Stages
import org.linkctl.engine.StepResult
import org.linkctl.engine.run.ToyTunnels.Ends
import org.linkctl.engine.run.ToyTunnels.Routes
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Change
import org.linkctl.spi.Question
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.Timeout

/** Two hosts, some tunnels between them, and on each host a route over all of them: the order of changes. */
@Timeout(20)
class StagesSpec extends Specification {
    def network = new Toy.Network()
    def ends = new Ends()
    def routes = new Routes()
    List<String> log = new CopyOnWriteArrayList<>()
    List<String> tunnels = ['wg0', 'wg1']
    List<String> notices = new CopyOnWriteArrayList<>()
    Events events = new Events() {
        void notice(org.linkctl.model.Host host, String text) { notices << "${host.name()}: $text".toString() }
    }

    def setup() {
        ['a', 'b'].each { host ->
            network.machines[host].running = { Step step ->
                log << (step instanceof Step.PutFile ? "$host ${step.path()} = ${step.content().text()}" : "$host removes ${step.path()}").toString()
                null
            }
        }
    }

    def run(Selection selection = Selection.ALL) {
        def fabric = Toy.pair(tunnels)
        Toy.convergence(new RunPlanner(new Planner([ends, routes]), fabric, selection, Secrets.NONE, events), network, events)
    }

    void converged() {
        assert run().apply().values().every { it instanceof Outcome.Changed }
        log.clear()
        network.forgetRuns()
    }

    def 'on bare hosts nothing flows, and all is made at once'() {
        when:
        def run = run()
        run.plan()

        then:
        run.stages() == Stages.NONE

        when:
        run.apply()

        then:
        log as Set == ['a', 'b'].collectMany { ["$it /wg0 = 1", "$it /wg1 = 1", "$it /route = wg0 wg1"] }*.toString() as Set
        notices == []
    }

    def 'after stages each host is looked at over a new connection before it is confirmed'() {
        given:
        converged()
        ends.version = 2
        Map<String, Integer> looked = [:].asSynchronized()
        ['a', 'b'].each { host ->
            def machine = network.machines[host]
            machine.asking = { questions -> looked[host] = machine.renewed; null }
        }
        int before = network.machines.a.renewed

        expect:
        run().apply().values().every { it instanceof Outcome.Changed }
        looked == [a: before + 1, b: before + 1]
    }

    def 'a path that was made and does not work is said so, and stays'() {
        given:
        network.machines.b.asking = { Collection<Question<?>> questions ->
            if (!questions.any { it == Question.command('works', 'wg1') }) return null
            new Answers(questions.collectEntries { [it, it instanceof Question.ReadFile ? new Answer.Text(network.machines.b.files[it.path()] ?: '') : new Answer.Output(it == Question.command('works', 'wg1') ? 1 : 0, it.argv().words()[0] == 'works' ? 'fine' : '', '')] })
        }

        when:
        def outcomes = run().apply()

        then:
        outcomes.values().every { it instanceof Outcome.Changed }
        notices == ['b: made, but does not work yet: wg1. `linkctl verify` looks again']
    }

    def 'paths that are made at both ends of bare hosts: where one host goes back, so does the other'() {
        given: 'what b does last fails'
        network.machines.b.running = { Step step -> step.path() == '/route' ? new StepResult(1, 'no room') : null }

        when:
        def run = run()
        def applied = run.apply().collectEntries { host, outcome -> [host.name(), outcome] }

        then:
        run.stages() == Stages.NONE
        applied.b instanceof Outcome.RolledBack
        applied.a instanceof Outcome.RolledBack
        applied.a.why() == 'b, which had to change in the same run, did not'
        network.machines.values().every { it.files == [:] }
    }

    def 'where nothing is between two hosts, one goes back alone'() {
        given:
        tunnels = []
        network.machines.b.running = { Step step -> new StepResult(1, 'no room') }

        when:
        def applied = run().apply().collectEntries { host, outcome -> [host.name(), outcome] }

        then:
        applied.b instanceof Outcome.RolledBack
        applied.a instanceof Outcome.Changed
    }

    def 'what is cut is drained at both ends, changed one end after the other, and put back, path by path'() {
        given:
        converged()
        ends.version = 2

        when:
        def run = run()
        def planned = run.plan()

        then: 'the plan says so'
        run.stages() == new Stages([
                new Stages.Stage(['wg0'], ['a', 'b'], Stages.Mode.DRAINED), new Stages.Stage(['wg1'], ['a', 'b'], Stages.Mode.DRAINED)], [])
        planned.values().every { it.plan().items()*.changes().flatten()*.traffic() == [Change.Traffic.MOVES] * 2 }

        when:
        def applied = run.apply()

        then:
        applied.values().every { it instanceof Outcome.Changed }
        inTurns(log) == [
                ['a /route = wg1', 'b /route = wg1'], ['a /wg0 = 2'], ['b /wg0 = 2'], ['a /route = wg0 wg1', 'b /route = wg0 wg1'],
                ['a /route = wg0', 'b /route = wg0'], ['a /wg1 = 2'], ['b /wg1 = 2'], ['a /route = wg0 wg1', 'b /route = wg0 wg1']]
    }

    def 'the end that is cut goes before the one that follows it'() {
        given:
        converged()
        ends.version = 2
        ends.follows = 'a'

        when:
        def run = run()
        run.plan()

        then:
        run.stages().stages()*.hosts() == [['b', 'a']] * 2

        when:
        run.apply()

        then:
        log.findAll { !it.contains('route') } == ['b /wg0 = 2', 'a /wg0 = 2', 'b /wg1 = 2', 'a /wg1 = 2']
    }

    /** The log, with what both hosts may do in either order put together. */
    private static List<List<String>> inTurns(List<String> log) {
        List<List<String>> out = []
        log.each { line ->
            boolean route = line.contains('/route')
            if (route && out && out.last().size() == 1 && out.last()[0].contains('/route')) out.last() << line
            else out << [line]
        }
        out*.sort()
    }

    def 'a tunnel is no other way while it is dead, and nothing mends it'() {
        given:
        converged()
        routes.dead = ['wg1']
        network.machines.values().each { it.files['/wg0'] = 'by hand' }

        when:
        def run = run()
        run.plan()

        then:
        run.stages().stages() == [new Stages.Stage(['wg0'], ['a', 'b'], Stages.Mode.IN_PLACE)]
        run.stages().cuts()*.why() as Set == ['it is the only path that a has now: the rest is dead, or drained'] as Set

        when: 'it is alive again'
        routes.dead = []
        run = this.run()
        run.plan()

        then:
        run.stages() == new Stages([new Stages.Stage(['wg0'], ['a', 'b'], Stages.Mode.DRAINED)], [])
    }

    def 'a dead tunnel that the run changes is changed first'() {
        given:
        converged()
        routes.dead = ['wg1']
        ends.version = 2

        when:
        def run = run()
        run.plan()

        then:
        run.stages() == new Stages([
                new Stages.Stage(['wg1'], ['a', 'b'], Stages.Mode.DRAINED), new Stages.Stage(['wg0'], ['a', 'b'], Stages.Mode.DRAINED)], [])
    }

    def 'a dead tunnel that is changed and stays dead ends the run before the other one is touched'() {
        given:
        converged()
        routes.dead = ['wg1']
        ends.version = 2

        when:
        def applied = run().apply().values()

        then: 'what was changed goes back'
        applied.every { it instanceof Outcome.RolledBack }
        applied*.told().every { it.contains('moving traffic off wg0') && it.contains('the only path that a has now: wg1 does not answer') }
        !log.any { it.contains('/wg0 = 2') || it.contains('/route = wg1') }
        log.contains('a /wg1 = 2')
    }

    def 'a dead tunnel that is back a moment after its change is another way then'() {
        given:
        converged()
        routes.dead = ['wg1']
        ends.version = 2
        int probes = 0
        network.machines.a.asking = { if (log.contains('b /wg1 = 2') && ++probes > 5) routes.dead = []; null }

        when:
        def applied = run().apply().values()

        then:
        applied.every { it instanceof Outcome.Changed }
        log.containsAll(['a /wg0 = 2', 'b /wg0 = 2'])
    }

    def 'what cuts nothing is changed apart from the others, and nothing is drained for it'() {
        given:
        converged()
        ends.version = 2
        ends.gently = true

        when:
        run().apply()

        then:
        log == ['a /wg0 = 2', 'b /wg0 = 2', 'a /wg1 = 2', 'b /wg1 = 2']
    }

    def 'what is new joins the others when both its ends were seen to work'() {
        given:
        converged()
        tunnels = ['wg0', 'wg1', 'wg2', 'wg3']

        when:
        def run = run()
        run.plan()

        then:
        run.stages() == new Stages([new Stages.Stage(['wg2', 'wg3'], ['a', 'b'], Stages.Mode.NEW)], [])

        when:
        run.apply()

        then:
        inTurns(log) == [['a /wg2 = 1'], ['a /wg3 = 1'], ['b /wg2 = 1'], ['b /wg3 = 1'],
                         ['a /route = wg0 wg1 wg2 wg3', 'b /route = wg0 wg1 wg2 wg3']]
    }

    def 'what has left the routes is removed after that, and cuts nothing'() {
        given:
        converged()
        tunnels = ['wg0']
        ends.gone = ['wg1']

        when:
        def run = run()
        run.plan()

        then:
        run.stages() == new Stages([new Stages.Stage(['wg1'], ['a', 'b'], Stages.Mode.DRAINED)], [])

        when:
        run.apply()

        then:
        inTurns(log) == [['a /route = wg0', 'b /route = wg0'], ['a removes /wg1'], ['b removes /wg1']]
    }

    def 'where there is no other way, it is a cut: #what'() {
        given:
        tunnels = names
        converged()
        ends.version = 2

        when:
        def run = run(new Selection(only as Set, [] as Set))
        run.plan()

        then:
        run.stages().stages().every { !it.drained() }
        run.stages().cuts().collect { [it.host(), it.subject(), it.seconds(), it.why()] } == cuts

        where:
        what                    | names          | only       || cuts
        'the only tunnel'       | ['wg0']        | ['a', 'b'] || [['a', 'wg0', 3, 'it is the only path that a has'], ['b', 'wg0', 3, 'it is the only path that a has']]
        'one end is left alone' | ['wg0', 'wg1'] | ['a']      || [['a', 'wg0', 3, 'its end on b is not in this run'], ['a', 'wg1', 3, 'its end on b is not in this run']]
    }

    def 'what does not work after its change is undone at both ends, and the next is left alone'() {
        given:
        converged()
        def before = ['a', 'b'].collectEntries { [it, network.machines[it].files + [:]] }
        ends.version = 2
        network.machines.b.asking = { Collection<Question<?>> questions ->
            if (network.machines.b.files['/wg0'] != '2' || !questions.any { it == Question.command('works', 'wg0') }) return null
            new Answers(questions.collectEntries { [it, it instanceof Question.ReadFile ? new Answer.Text(network.machines.b.files[it.path()] ?: '') : new Answer.Output(1, '', 'no')] })
        }

        when:
        def applied = run().apply()

        then:
        applied.values().every { it instanceof Outcome.RolledBack }
        applied.values()*.told().every { it.contains('seeing whether wg0 works after the change') && it.contains('b: wg0') }
        !log.any { it.contains('/wg1') }
        ['a', 'b'].collectEntries { [it, network.machines[it].files + [:]] } == before
    }
}
