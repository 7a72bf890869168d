package org.linkctl.cli.run

import org.linkctl.cli.io.Terminal
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.cli.Toy
import org.linkctl.cli.show.Paint
import org.linkctl.engine.HostPlan
import org.linkctl.engine.Outcome
import org.linkctl.shell.Step
import spock.lang.Specification

/** The line at the bottom of a terminal. */
class ProgressDisplaySpec extends Specification {
    def host = Toy.host('a-gw')
    def step = Step.run('true')
    def said = new StringWriter()

    private ProgressDisplay progress(String part = '') {
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()), new PrintWriter(said),
                [Stream.ERR] as Set, 80, [TERM: 'xterm'])
        new ProgressDisplay(terminal, Paint.PLAIN, 0, part)
    }

    /** What the line said, one after the other. */
    private List<String> lines() { said.toString().split(/\r\u001b\[2K/).findAll() as List }

    private HostPlan plan(int steps) {
        Toy.plan(host, new HostPlan.Item('toy', 'toy[x]', [], [step] * steps, [], [], true))
    }

    def 'steps are counted through all batches, and never begin anew'() {
        given:
        def progress = progress()
        progress.planned(host, plan(5))

        when: 'three batches, the last of which came only of what the others had made known'
        (1..2).each { progress.step(host, step, it, 2) }
        progress.probing(host, 3)
        (1..3).each { progress.step(host, step, it, 3) }
        progress.step(host, step, 1, 1)
        progress.step(host, step, 1, 1)

        then:
        lines() == ['a-gw step 1/5', 'a-gw step 2/5', 'a-gw reading its state', 'a-gw step 3/5', 'a-gw step 4/5', 'a-gw step 5/5',
                    'a-gw step 6/6', 'a-gw step 7/7']
    }

    def 'a step that goes by on no terminal is one line, whatever it runs'() {
        given:
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()), new PrintWriter(said), [] as Set, 80, [:])
        def progress = new ProgressDisplay(terminal, Paint.PLAIN, 0, '')
        progress.planned(host, plan(2))

        when:
        progress.step(host, Step.run('sh', '-c', 'set -e\ntrue\n', 'sh', 'a b'), 1, 2)
        progress.step(host, Step.put('/etc/x', '0644', 'one\ntwo\n'), 2, 2)

        then:
        said.toString().readLines() == ["a-gw: 1/2  sh -c '…' sh 'a b'", 'a-gw: 2/2  install -D -m 0644 files/etc/x /etc/x']
    }

    def 'a new plan counts anew'() {
        given:
        def progress = progress()
        progress.planned(host, plan(1))
        progress.step(host, step, 1, 1)
        progress.planned(host, plan(2))
        progress.step(host, step, 1, 2)

        expect:
        lines() == ['a-gw step 1/1', 'a-gw step 1/2']
    }

    def 'it says of what it is a part, how many hosts there are, and what takes its time'() {
        given:
        def progress = progress('2/5 apply')
        progress.connecting(host)
        progress.connecting(Toy.host('b-gw'))
        progress.ended(Toy.host('b-gw'), new Outcome.WouldChange(plan(1)))
        progress.ended(host, new Outcome.WouldChange(plan(1)))
        progress.task('measuring a-gw to b-gw, ab0 alone (14 s)')
        progress.task('')

        expect:
        lines() == ['2/5 apply: a-gw connecting', '2/5 apply: [2] a-gw connecting, b-gw connecting', '2/5 apply: a-gw connecting',
                    '2/5 apply: measuring a-gw to b-gw, ab0 alone (14 s)']
    }

    def 'it keeps within the line'() {
        given:
        def progress = progress()
        (1..40).each { progress.connecting(Toy.host("host-$it")) }

        expect:
        lines().every { it.length() < 80 }
        lines().last().startsWith('[40] ')
        lines().last().endsWith('...')
    }
}
