package org.linkctl.engine.run

import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList

import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.engine.Stages
import org.linkctl.model.Fabric
import org.linkctl.model.Psk
import org.linkctl.model.Site
import org.linkctl.model.Tunnel
import org.linkctl.plan.Planner
import org.linkctl.shell.Question
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Secrets
import spock.lang.Specification
import spock.lang.Timeout

/** Hosts at two ends of a tunnel that change beneath it: never both at once. */
@Timeout(20)
class FacingSpec extends Specification {
    def network = new Toy.Network()
    def ends = new StagesSpec.Ends()
    def beneath = new PairsSpec.Rules()
    Map<String, List<String>> tunnels = [wg0: ['a', 'b'], wg1: ['b', 'c']]
    List<String> log = new CopyOnWriteArrayList<>()

    def setup() {
        ['a', 'b', 'c'].each { host ->
            network.machines[host].running = { Step step ->
                log << "$host ${step.path()} = ${step.content().text()}".toString()
                null
            }
        }
    }

    def run() {
        def all = tunnels.collect { name, hosts ->
            new Tunnel(name, null, null, null, Psk.NONE, hosts.collect { new Tunnel.End(it, 1, [], null, Toy.AT) }, Toy.AT)
        }
        def fabric = new Fabric('toy', [new Site('a', [], Toy.AT)], ['a', 'b', 'c'].collect { Toy.host(it) }, all)
        new Convergence(new Judge(new Planner([beneath, ends]), fabric, Selection.ALL, Secrets.NONE, Events.SILENT),
                new Fleet(network, Events.SILENT, 4, Duration.ofSeconds(15)), Safety.USUAL,
                new Settling(Duration.ofMillis(100), Duration.ofMillis(5)))
    }

    private void converged() {
        assert run().apply().values().every { it instanceof Outcome.Changed }
        log.clear()
        network.machines.values().each {
            it.guarding.clear()
            it.saved = null
            it.state = ''
        }
    }

    private static Stages.Stage stage(String... hosts) {
        new Stages.Stage(hosts.collect { "host:$it".toString() }, hosts.toList(), Stages.How.IN_PLACE)
    }

    def 'where no tunnel is there yet they go side by side'() {
        when:
        def run = run()
        run.plan()

        then:
        run.stages().stages() == []
    }

    def 'one end after the other; those that share no tunnel go together, and tunnels come after them'() {
        given:
        converged()
        beneath.version = 2
        ends.version = 2
        ends.gently = true

        when:
        def run = run()
        run.plan()

        then:
        run.stages().stages().take(2) == [stage('a', 'c'), stage('b')]
        run.stages().cuts()*.host() as Set == ['a', 'b', 'c'] as Set

        when:
        def applied = run.apply()

        then:
        applied.values().every { it instanceof Outcome.Changed }
        log.take(2) as Set == ['a /rules = 2', 'c /rules = 2'] as Set
        log[2] == 'b /rules = 2'
        log.drop(3).size() == 4
        log.drop(3).every { it ==~ /. \/wg. = 2/ }
    }

    def 'one that changes alone needs no stage'() {
        given:
        converged()
        network.machines.b.files['/rules'] = 'by hand'

        when:
        def run = run()
        run.plan()

        then:
        run.stages().stages() == []
    }

    def 'what does not work at the first end goes back there, and the other end is left alone'() {
        given:
        converged()
        beneath.version = 2
        network.machines.a.asking = { Collection<Question> questions ->
            if (network.machines.a.files['/rules'] != '2' || !questions.any { it == Question.command('works', 'wg0') }) return null
            new Answers(questions.collectEntries { [it, it instanceof Question.ReadFile ? new Answer.Text(network.machines.a.files[it.path()] ?: '') : new Answer.Output(1, '', 'no')] })
        }

        when:
        def applied = run().apply().collectEntries { host, outcome -> [host.name(), outcome] }

        then:
        applied.a instanceof Outcome.RolledBack
        applied.a.why().contains('seeing whether a and c work after the change')
        applied.c instanceof Outcome.Changed
        applied.b instanceof Outcome.NotConverged
        log.sort() == ['a /rules = 2', 'c /rules = 2']
        network.machines.a.files['/rules'] == '1'
    }
}
