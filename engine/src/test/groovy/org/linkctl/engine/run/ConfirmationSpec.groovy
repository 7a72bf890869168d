package org.linkctl.engine.run

import static org.linkctl.engine.run.Toy.fabric

import org.linkctl.engine.Events
import org.linkctl.engine.Outcome
import org.linkctl.engine.StepResult
import org.linkctl.engine.Unreachable
import org.linkctl.model.Host
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import org.linkctl.spi.Question
import spock.lang.Timeout

/** Changed hosts are confirmed over a new connection, or undone; locks, and what others did meanwhile. */
@Timeout(20)
class ConfirmationSpec extends RunSpecification {
    def 'a changed host is confirmed over a new connection, after the guard was armed before the first step'() {
        given:
        def machine = network.machines.a
        List<String> order = []
        machine.running = { order << machine.state; null }

        when:
        def outcomes = named(run(fabric('a')).apply())

        then:
        outcomes.a instanceof Outcome.Changed
        order == ['armed']
        machine.guarding*.first() == ['lock', 'arm', 'begin', 'alive', 'confirm']
        machine.renewed == 1
        machine.state == 'confirmed'
    }

    def 'one look over the new connection shows what is left to do and what is confirmed'() {
        given:
        def machine = network.machines.a
        List<List<Integer>> looks = []
        machine.asking = { questions -> looks << [machine.done.size(), machine.renewed]; null }

        expect:
        named(run(fabric('a')).apply()).a instanceof Outcome.Changed
        looks.unique() == [[0, 0], [1, 1]]
    }

    def 'where another host had steps later, the connection that confirms is made after those, and looked over'() {
        given:
        module.peers = false
        def steps = 0
        def machine = network.machines.a
        List<List<Integer>> looks = []
        machine.asking = { questions -> looks << [steps, machine.renewed]; null }
        network.machines.b.running = { step ->
            if (steps++ > 0) return null
            network.machines.b.files[step.path()] = 'half of it'
            new StepResult(0, '')
        }

        expect:
        named(run(fabric('a', 'b')).apply()).values().every { it instanceof Outcome.Changed }
        looks.last() == [2, 2]
    }

    def 'a host is looked at again where another one had steps after that'() {
        given:
        module.peers = false
        def steps = 0
        network.machines.b.running = { step ->
            if (steps++ == 0) {
                network.machines.b.files[step.path()] = 'half of it'
                return new StepResult(0, '')
            }
            network.machines.a.files['/key'] = 'broken by b'
            null
        }

        when:
        def outcomes = named(run(fabric('a', 'b')).apply())

        then:
        outcomes.a instanceof Outcome.RolledBack
        outcomes.b instanceof Outcome.Changed
        steps == 2
    }

    def 'a host that nobody can come to again is rolled back'() {
        given:
        def machine = network.machines.a
        machine.files['/key'] = 'before'
        machine.renewing = {
            if (machine.renewed == 1) throw new Unreachable('no route to host')
            machine.undo('nobody confirmed it within 60 s')
        }

        when:
        def outcomes = named(run(fabric('a')).apply())

        then:
        outcomes.a instanceof Outcome.RolledBack
        outcomes.a.why().contains('no route to host')
        machine.files == ['/key': 'before']
    }

    def 'where a link was good and is bad afterwards, the host is rolled back'() {
        given:
        def machine = network.machines.a
        machine.files['/key'] = 'before'
        machine.asking = { questions ->
            if (machine.files['/key'] == 'before' || !questions.any { it == Question.command('echo', '/key') }) return null
            new Answers(questions.collectEntries { [it, it instanceof Question.ReadFile ? new Answer.Text(machine.files['/key']) : new Answer.Output(0, '', '')] })
        }

        when:
        def outcomes = named(run(fabric('a')).apply())

        then:
        outcomes.a == new Outcome.RolledBack(outcomes.a.plan(), 'worse than before: /key')
        machine.files == ['/key': 'before']
    }

    def 'where somebody else works on one host, nothing is done on any'() {
        given:
        network.machines.a.holder = 'eve since noon'

        when:
        def outcomes = named(run(fabric('a', 'b')).apply())

        then:
        outcomes.a == new Outcome.Locked('eve since noon')
        outcomes.b instanceof Outcome.WouldChange
        network.machines.values().every { it.done == [] }

        and: 'nor is the lock of the other kept'
        network.machines.b.guarding*.first().findAll { it in ['lock', 'unlock'] }.last() == 'unlock'
    }

    def 'a host that differed nowhere is looked at again once its lock is taken, since another run was there'() {
        given:
        module.peers = false
        network.machines.b.files['/key'] = 'key of b'
        def run = run(fabric('a', 'b'))
        run.plan()
        network.machines.b.files['/key'] = 'another key'
        network.machines.b.latest = 'another run'

        when:
        def outcomes = named(run.apply())

        then:
        outcomes.values().every { it instanceof Outcome.Changed }
        network.machines.b.files['/key'] == 'key of b'
    }

    def 'where nothing differs no lock is taken'() {
        given:
        module.peers = false
        network.machines.a.files['/key'] = 'key of a'

        when:
        run(fabric('a')).apply()

        then:
        network.machines.a.guarding == []
    }

    def 'a host is looked at over the new connection, too'() {
        given:
        def machine = network.machines.a
        machine.renewing = { machine.files['/key'] = 'changed by hand' }

        when:
        def outcomes = named(run(fabric('a')).apply())

        then:
        outcomes.a instanceof Outcome.RolledBack
        outcomes.a.why() == 'it still differs after the steps were carried out: toy.files[key] (/key)'
    }

    def 'what differs over the new connection for a moment only is no reason to go back'() {
        given:
        def machine = network.machines.a
        int looks = 0
        machine.renewing = {
            machine.files['/key'] = 'what a watcher is just changing'
            machine.asking = { if (++looks == 3) machine.files['/key'] = 'key of a'; null }
        }

        expect:
        named(run(fabric('a')).apply()).a instanceof Outcome.Changed
        looks >= 3
    }

    def 'what others did between plan and apply is seen'() {
        given:
        def one = run(fabric('a'))
        one.plan()
        network.machines.a.files['/key'] = 'key of a'
        network.machines.a.latest = 'another run'

        expect:
        named(one.reserve()).a instanceof Outcome.Converged
        named(one.apply()).a instanceof Outcome.Converged
        network.machines.a.done == []
    }

    def 'that a host went back by itself is told by the next run, until an apply has noted it'() {
        given:
        List<String> heard = []
        def machine = network.machines.a
        machine.files['/key'] = 'before'
        machine.guarding << ['arm', 'run-1']
        machine.state = 'undone'
        machine.why = 'nobody confirmed it within 60 s'
        events = new Events() { void notice(Host host, String text) { heard << "$host: $text".toString() } }

        when:
        run(fabric('a')).apply()

        then:
        heard.size() == 1
        heard[0].contains('run-1 by somebody was rolled back: nobody confirmed it within 60 s')
        machine.guarding.contains(['told', 'run-1'])
    }
}
