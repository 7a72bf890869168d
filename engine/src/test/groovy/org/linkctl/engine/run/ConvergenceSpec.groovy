package org.linkctl.engine.run

import static org.linkctl.engine.run.Toy.fabric

import java.time.Duration

import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.Selection
import org.linkctl.engine.StepResult
import org.linkctl.engine.Unreachable
import org.linkctl.plan.Planner
import org.linkctl.spi.Refused
import org.linkctl.spi.Secrets
import org.linkctl.spi.UnreadableFacts
import spock.lang.Timeout

/** Passes, failures, limits of a run. */
@Timeout(20)
class ConvergenceSpec extends RunSpecification {
    def 'keys cross over in a second pass, and a second run has nothing to do'() {
        when:
        def first = run(fabric('a', 'b'))
        def planned = named(first.plan())
        def applied = named(first.apply())

        then: 'the plan shows what is not known yet'
        planned.a instanceof Outcome.WouldChange
        planned.a.plan().items()*.resource() == ['toy.files[key]', 'toy.files[peer]']
        planned.a.plan().items()[1].unknowns() == ['the key of b']
        planned.a.plan().items()[1].steps() == []

        and:
        applied.a instanceof Outcome.Changed
        applied.a.plan().items()*.resource() == ['toy.files[key]', 'toy.files[peer]']
        network.machines.a.files == ['/key': 'key of a', '/peer': 'key of b']
        network.machines.b.files == ['/key': 'key of b', '/peer': 'key of a']
        first.published().plain('a', 'key').get() == 'key of a'

        when:
        network.machines.values()*.done*.clear()
        def second = named(run(fabric('a', 'b')).apply())

        then:
        second.values().every { it instanceof Outcome.Converged }
        network.machines.values().every { it.done.empty }
    }

    def 'what needs something that cannot be made yet is made after it'() {
        given:
        module.behind = true

        when:
        def run = run(fabric('a', 'b'))
        def planned = named(run.plan())
        def applied = named(run.apply())

        then: 'its steps are known, but not yet due'
        planned.a.plan().items()*.resource() == ['toy.files[key]', 'toy.files[peer]', 'toy.files[behind]']
        planned.a.plan().items()*.after() == [[], [], ['toy.files[peer]']]
        planned.a.plan().items()[2].steps() != []

        and:
        applied.values().every { it instanceof Outcome.Changed }
        network.machines.a.done*.path() == ['/key', '/peer', '/behind']

        when: 'it can never be made'
        network.machines.a.files.clear()
        network.machines.a.done.clear()
        network.away.b = 'b:22: connection refused'
        def alone = named(this.run(fabric('a', 'b')).apply())

        then: 'neither is what needs it'
        alone.a.left().items()*.resource() == ['toy.files[peer]', 'toy.files[behind]']
        network.machines.a.done*.path() == ['/key']
        alone.a.why() == 'not known: the key of b; b: b:22: connection refused'
    }

    def 'a plan changes nothing and connects once'() {
        when:
        def run = run(fabric('a', 'b'))
        run.plan()
        run.close()

        then:
        network.machines.values().every { it.done.empty && it.asked.get() == 1 && it.closed }
    }

    def 'peers of a limited run are asked and not changed'() {
        given:
        network.machines.b.files['/key'] = 'key of b'

        when:
        def outcomes = named(run(fabric('a', 'b', 'c', 'd'), new Selection(['a'] as Set, [] as Set)).apply())

        then:
        outcomes.keySet() == ['a'] as Set
        outcomes.a instanceof Outcome.Changed
        network.machines.a.files['/peer'] == 'key of b'
        network.machines.b.done == []
        network.machines.b.asked.get() == 1
        !network.machines.containsKey('c')
    }

    def 'what nobody can tell is left, and said why'() {
        given:
        network.away.b = 'b:22: connection refused'

        when:
        def outcomes = named(run(fabric('a', 'b', 'c', 'd')).apply())

        then:
        outcomes.a instanceof Outcome.NotConverged
        outcomes.a.done().items()*.resource() == ['toy.files[key]']
        outcomes.a.left().items()*.resource() == ['toy.files[peer]']
        outcomes.a.why() == 'not known: the key of b; b: b:22: connection refused'
        outcomes.b == new Outcome.Unreachable('b:22: connection refused')
        outcomes.c instanceof Outcome.Changed
        outcomes.keySet().toList() == ['a', 'b', 'c', 'd']
    }

    def 'a step that fails stops its host and no other'() {
        given:
        network.machines.a.running = { it.path() == '/key' ? new StepResult(3, 'disk full') : null }

        when:
        def outcomes = named(run(fabric('a', 'b')).apply())

        then:
        outcomes.a instanceof Outcome.RolledBack
        outcomes.a.why().contains('/key')
        outcomes.a.told().endsWith('disk full')
        network.machines.a.state == 'undone'
        outcomes.b instanceof Outcome.NotConverged
        outcomes.b.why().contains('a: rolled back: ')
        network.machines.b.state == 'confirmed'
    }

    def 'what does not stay changed is rolled back, and is not tried for ever'() {
        given:
        network.machines.a.running = { new StepResult(0, '') }

        when:
        def outcomes = named(run(fabric('a')).apply())

        then:
        outcomes.a == new Outcome.RolledBack(outcomes.a.plan(), 'it still differs after the steps were carried out: toy.files[key] (/key)')
        network.machines.a.done.size() == 1
    }

    def 'a host is read again until what a step caused has come about'() {
        given:
        int looks = 0
        network.machines.a.running = { new StepResult(0, '') }
        network.machines.a.asking = { if (++looks == 5) network.machines.a.files['/key'] = 'key of a'; null }

        expect:
        named(run(fabric('a')).apply()).a instanceof Outcome.Changed
    }

    def 'a lost connection is made again, and what is left then is decided anew'() {
        given:
        boolean lost = false
        network.machines.a.running = { step ->
            if (lost) return null
            lost = true
            network.machines.a.files['/key'] = 'key of a'
            throw new Unreachable('the connection was lost while a step ran')
        }

        when:
        def outcomes = named(run(fabric('a', 'b')).apply())

        then:
        outcomes.a instanceof Outcome.Changed
        network.machines.a.renewed == 2
        network.machines.a.done.count { it.path() == '/key' } == 1
    }

    def 'what a module cannot understand or configure refuses that host only'() {
        given:
        module.factsHook = { if (it.content() == 'key of a') throw problem }

        when:
        def outcomes = named(run(fabric('a', 'b', 'c', 'd')).apply())

        then:
        outcomes.a instanceof Outcome.Refused
        outcomes.a.why() == why
        network.machines.a.done == []
        outcomes.c instanceof Outcome.Changed

        where:
        problem                                | why
        new UnreadableFacts('what is this?')   | 'toy.files[key]: what is this?'
        new Refused('run by NetworkManager')   | 'toy.files[key]: run by NetworkManager'
        new IllegalStateException('oops')      | 'a mistake in module toy.files, at toy.files[key]: java.lang.IllegalStateException: oops'
    }

    def 'only the chosen modules are planned and carried out'() {
        given:
        def other = new Toy.Files(name: 'toy.other', folder: '/other', peers: false)

        when:
        def outcomes = named(run(fabric('a', 'b'), new Selection([] as Set, ['toy.other'] as Set), [other, module]).apply())

        then:
        outcomes.a.plan().items()*.module() == ['toy.other']
        network.machines.a.files.keySet() == ['/other/key'] as Set
        outcomes.a instanceof Outcome.Changed
    }

    def 'no more hosts at once than allowed'() {
        given:
        forks = 3
        def now = new java.util.concurrent.atomic.AtomicInteger()
        def most = new java.util.concurrent.atomic.AtomicInteger()
        def gate = new java.util.concurrent.CyclicBarrier(3)
        def names = (1..12).collect { "h$it".toString() } as String[]
        names.each { network.machines[it].asking = {
            most.accumulateAndGet(now.incrementAndGet(), Math::max)
            gate.await()
            now.decrementAndGet()
            null
        } }

        expect:
        run(fabric(names)).plan().size() == 12
        most.get() == 3
    }

    def 'a host that does not answer holds no place of others'() {
        given: 'one at a time, and the first two answer only after all others have been worked on'
        forks = 1
        def worked = new java.util.concurrent.CountDownLatch(10)
        def names = (1..12).collect { "h$it".toString() } as String[]
        network.reaching = { if (it in ['h1', 'h2']) { worked.await(); throw new Unreachable('no answer') } }
        names.drop(2).each { network.machines[it].asking = { worked.countDown(); null } }

        when:
        def outcomes = named(run(fabric(names)).plan())

        then:
        worked.count == 0
        outcomes.findAll { it.value instanceof Outcome.Unreachable }.keySet() == ['h1', 'h2'] as Set
    }

    def 'a run that takes too long is ended, with an outcome for every host'() {
        given:
        limit = Duration.ofMillis(300)
        network.machines.a.asking = { new java.util.concurrent.CountDownLatch(1).await() }

        when:
        def outcomes = named(run(fabric('a', 'b')).plan())

        then:
        outcomes.a instanceof Outcome.Unreachable
        outcomes.a.why() == 'the run took longer than 300 ms and was ended'
        outcomes.size() == 2
    }

    def 'closing from another thread ends what is under way'() {
        given:
        def asked = new java.util.concurrent.CountDownLatch(1)
        network.machines.a.asking = { asked.countDown(); new java.util.concurrent.CountDownLatch(1).await() }
        def run = run(fabric('a'))
        Thread.startDaemon { asked.await(); run.close() }

        expect:
        named(run.plan()).a == new Outcome.Unreachable('interrupted')
    }

    def 'verify asks everything once and collects what the modules find'() {
        given:
        network.machines.a.files['/key'] = 'key of a'
        network.away.b = 'gone'

        when:
        def planner = new RunPlanner(new Planner([module]), fabric('a', 'b'), Selection.ALL, Secrets.NONE, Events.SILENT)
        def healths = named(new HealthCheck(planner, new Fleet(network, Events.SILENT, 2, limit)).examine())

        then:
        healths.a.findings()*.subject() == ['/key', '/peer']
        healths.a.good()
        healths.b == new org.linkctl.engine.Health.Unreachable('gone')
        network.machines.a.asked.get() == 1
    }
}
