package org.linkctl.engine.run

import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.engine.StepResult
import org.linkctl.engine.Stages
import org.linkctl.engine.guard.PlannedRollback
import org.linkctl.model.Fabric
import org.linkctl.model.Os
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import org.linkctl.spi.Answers
import org.linkctl.spi.Answer
import org.linkctl.spi.Change
import org.linkctl.spi.Examined
import org.linkctl.spi.Finding
import org.linkctl.spi.Question
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.Timeout

/** Three hosts that give the same service, each by itself: no two are changed at once, and none after one that failed. */
@Timeout(20)
class MembersSpec extends Specification {
    def network = new Toy.Network()
    def service = new Service()
    List<String> log = new CopyOnWriteArrayList<>()

    def setup() {
        ['a', 'b', 'c'].each { host ->
            network.machines[host].running = { Step step ->
                if (step instanceof Step.PutFile && step.path() == '/service') log << "$host changes".toString()
                null
            }
            network.machines[host].asking = { Collection<Question<?>> questions ->
                if (questions.any { it == Service.WORKS }) log << "$host is asked".toString()
                null
            }
        }
    }

    private Convergence run() {
        Toy.convergence(new RunPlanner(new Planner([service]), Toy.fabric('a', 'b', 'c').with { new Fabric(name(), sites(), hosts(), []) }, Selection.ALL, Secrets.NONE, Events.SILENT), network)
    }

    private void converged() {
        assert run().apply().values().every { it instanceof Outcome.Changed }
        log.clear()
        network.forgetRuns()
        service.version = 2
    }

    private List<String> changes() { log.findAll { it.endsWith('changes') } }

    def 'where nobody uses it yet it is made everywhere at once'() {
        given:
        def run = run()
        run.plan()

        expect:
        run.stages() == Stages.NONE
        run.apply().values().every { it instanceof Outcome.Changed }
    }

    def 'one host after the other, each seen to work before the next'() {
        given:
        converged()

        when:
        def run = run()
        run.plan()

        then:
        run.stages().stages()*.names() == [['service on a'], ['service on b'], ['service on c']]
        run.stages().stages()*.mode().unique() == [Stages.Mode.IN_PLACE]
        run.stages().cuts() == []

        when:
        log.clear()
        def outcomes = run.apply()

        then:
        outcomes.values().every { it instanceof Outcome.Changed }
        changes() == ['a changes', 'b changes', 'c changes']
        log.indexOf('b changes') > log.indexOf('a changes')
        log.subList(log.indexOf('a changes'), log.indexOf('b changes')).contains('a is asked')
        log.subList(log.indexOf('b changes'), log.indexOf('c changes')).contains('b is asked')
    }

    def 'after one that fails no other is changed, and that one goes back: #what'() {
        given:
        converged()
        def machine = network.machines.a
        def seen = machine.running
        def asked = machine.asking
        if (fails) machine.running = { Step step ->
            seen(step)
            step instanceof Step.PutFile && step.path() == '/service' ? new StepResult(1, 'not ready') : null
        }
        else machine.asking = { Collection<Question<?>> questions ->
            asked(questions)
            if (machine.files['/service'] != '2' || !questions.any { it == Service.WORKS }) return null
            new Answers(questions.collectEntries { [it, it instanceof Question.ReadFile ? new Answer.Text('2') : new Answer.Output(1, '', '')] })
        }

        when:
        def outcomes = run().apply().collectEntries { host, outcome -> [host.name(), outcome] }

        then:
        outcomes.a instanceof Outcome.RolledBack
        network.machines.a.files['/service'] == '1'
        changes() == ['a changes']
        ['b', 'c'].every { network.machines[it].files['/service'] == '1' }

        where:
        what                     | fails
        'its step fails'         | true
        'it does not work after' | false
    }

    def 'a rollback takes one host after the other, too, and ends with the first that is not undone: #what'() {
        given:
        def fabric = Toy.fabric('a', 'b', 'c').with { new Fabric(name(), sites(), hosts(), []) }
        def reverted = { ['a', 'b', 'c'].findAll { host -> network.machines[host].guarding.any { it[0] == 'revert' } } }
        def status = { String host, boolean undone -> new Answer.Output(0, "r1\t${undone ? 'undone' : 'confirmed'}\t\t\tfabric=toy\tpaths=service@$host\tpartners=\n".toString(), '') }
        ['a', 'b', 'c'].each { host ->
            network.machines[host].saved = [:]
            network.machines[host].asking = { Collection<Question<?>> questions ->
                boolean undone = reverted().contains(host)
                if (undone && log.every { !it.startsWith("$host ") }) log << "$host is asked, reverted: ${reverted().join(' ')}".toString()
                new Answers(questions.collectEntries { [it, status(host, undone && host != stuck)] })
            }
        }
        def planner = new RunPlanner(new Planner([service]), fabric, Selection.ALL, Secrets.NONE, Events.SILENT)
        def rollback = new Rollback(fabric, planner, new Fleet(network, Events.SILENT, 4, Duration.ofSeconds(15)), Safety.USUAL)

        when:
        def runs = rollback.preview().collectEntries { host, planned -> [host, (planned as PlannedRollback.Undoes).run()] }

        then:
        runs.values()*.touched()*.get()*.paths() == [['service@a'] as Set, ['service@b'] as Set, ['service@c'] as Set]

        when:
        def outcomes = rollback.undo(runs)

        then:
        log == seen
        outcomes.values()*.class == ended

        where:
        what                | stuck || seen | ended
        'all go back'       | ''    || ['a is asked, reverted: a', 'b is asked, reverted: a b', 'c is asked, reverted: a b c'] | [Outcome.RolledBack] * 3
        'the first does not' | 'a'  || ['a is asked, reverted: a'] | [Outcome.Unreachable, Outcome.Refused, Outcome.Refused]
    }

    static String text(ToyFound have) { have.content().orElse(null) }

    static class Service implements Examined<Member, ToyFound> {
        static final Question.Command WORKS = Question.command('works')
        int version = 1

        String name() { 'toy.service' }

        Os system() { Os.LINUX }

        List<Member> want(Scope scope) { [new Member(scope.host().name(), "$version".toString())] }

        static Question.ReadFile held() { Question.file('/service') }

        List<Question<?>> probe(Member want) { [held()] }

        ToyFound facts(Member want, Answers answers) { new ToyFound(answers.to(held())) }

        List<Change> diff(Member want, ToyFound have) {
            if (want.content == text(have)) return []
            def change = Change.state('service', text(have), want.content)
            [text(have) ? change.cuts(3).moves() : change]
        }

        List<Step> steps(Member want, ToyFound have, List<Change> changes) { [Step.put('/service', '0644', want.content)] }

        List<Question<?>> examine(Member want) { [WORKS] }

        List<Finding> findings(Member want, ToyFound have, Answers answers) {
            [answers.to(WORKS).ok() ? Finding.good('service', 'works') : Finding.bad('service', 'is dead')]
        }
    }

    static class Member implements Resource {
        final String host
        final String content

        Member(String host, String content) {
            this.host = host
            this.content = content
        }

        String id() { 'toy.service' }

        Optional<String> way() { Optional.of(Resource.member('service', host)) }
    }
}
