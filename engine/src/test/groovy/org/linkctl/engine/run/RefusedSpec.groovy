package org.linkctl.engine.run

import java.time.Duration
import org.linkctl.engine.Events
import org.linkctl.engine.Health
import org.linkctl.engine.Outcome
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.plan.Planner
import org.linkctl.spi.Finding
import org.linkctl.spi.Refused
import org.linkctl.spi.Resource
import org.linkctl.spi.Scope
import org.linkctl.spi.Secrets
import org.linkctl.spi.UnreadableFacts
import spock.lang.Specification
import spock.lang.Timeout

/** A refused resource hides no other of its host, neither in a plan nor in `verify`. */
@Timeout(20)
class RefusedSpec extends Specification {
    def network = new Toy.Network()
    def module = new Toy.Files(peers: false, owned: ['x'])

    def judge(modules) { new RunPlanner(new Planner(modules), Toy.fabric('a', 'b'), Selection.ALL, Secrets.NONE, Events.SILENT) }

    def fleet() { new Fleet(network, Events.SILENT, 4, Duration.ofSeconds(15)) }

    def run(modules = [module]) {
        new Convergence(judge(modules), fleet(), Safety.USUAL, new SettleTime(Duration.ofMillis(200), Duration.ofMillis(5)))
    }

    def named(Map outcomes) { outcomes.collectEntries { host, outcome -> [host.name(), outcome] } }

    def 'the rest of its plan is shown, with the refusal in its place, and nothing is done there'() {
        given:
        module.diffHook = { if (it.content() == 'key of a') throw new Refused('run by NetworkManager') }

        when:
        def run = run()
        def planned = named(run.plan())
        def applied = named(run.apply())

        then:
        planned.a.why() == 'toy.files[key]: run by NetworkManager'
        planned.a.plan().get().items().findAll { it.module() == 'toy.files' }.collect { [it.resource(), it.refused(), it.changes()*.subject()] } ==
                [['toy.files[key]', 'run by NetworkManager', []], ['toy.files[x]', null, ['/x']]]

        and:
        applied.a instanceof Outcome.Refused
        network.machines.a.done == []
        applied.b instanceof Outcome.Changed
    }

    def 'all that is refused is named'() {
        given:
        module.factsHook = { if (it.path() != '/other') throw new UnreadableFacts("odd ${it.path()}".toString()) }

        expect:
        named(run().plan()).a.why() == 'toy.files[key]: odd /key\ntoy.files[x]: odd /x'
    }

    def 'a module that refuses to say what it wants is one of them, and what it made is not taken for undeclared'() {
        given:
        assert named(run().apply()).a instanceof Outcome.Changed
        def other = new Toy.Files(name: 'toy.other', folder: '/other', peers: false)
        def silent = new Toy.Files() {
            List<ToyWanted> want(Scope scope) {
                if (scope.host().name() == 'a') throw new Refused('lagg(4) has no such hash')
                super.want(scope)
            }
        }
        silent.peers = false
        silent.owned = ['x']

        when:
        def planned = named(run([silent, other]).plan())

        then:
        planned.a.why() == 'toy.files: lagg(4) has no such hash'
        planned.a.plan().get().items().findAll { it.module() != 'linkctl.owned' }*.resource() == ['toy.files', 'toy.other[key]']
        planned.b instanceof Outcome.WouldChange
    }

    def 'verify tells what else it found'() {
        given:
        assert named(run().apply()).values().every { it instanceof Outcome.Changed }
        module.factsHook = { if (it.content() == 'key of a') throw new UnreadableFacts('what is this?') }

        when:
        def health = named(new HealthCheck(judge([module]), fleet()).examine())

        then:
        health.a == new Health.Examined([
                Finding.bad('toy.files[key]', 'what is this?'),
                Finding.good('/x', 'answers')])
    }
}
