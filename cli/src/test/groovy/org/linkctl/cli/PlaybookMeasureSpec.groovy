package org.linkctl.cli

import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Question

/** Pings, TCP connections and figures that a playbook keeps and compares. */
class PlaybookMeasureSpec extends PlaybookSpecification {
    /** What a ping says on every host; what ends one is among {@link #commands}, as is what begins it. */
    void pinging() {
        toy.saying = { String host, Question<?> question ->
            question instanceof Question.Command && question.argv().words()[0] == 'cat'
                    ? new Answer.Output(0, '64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.038 ms\n1 packets transmitted, 1 received\n', '') : null
        }
    }

    /** Of each command on a ping the program and the file. */
    List<String> pings() {
        commands.findAll { it.contains('/var/run/linkctl-ping-') && !it.contains(': rm ') }
                .collect { "${it.contains('kill -INT') ? 'end' : 'begin'} ${(it =~ /linkctl-ping-([a-z]+)-/)[0][1]}".toString() }
    }

    def 'a ping ends with the playbook, whatever part has begun it: #steps'() {
        given:
        applied()
        pinging()

        expect:
        run(steps, '--yes') == status
        pings() == told
        toy.err.contains('done: 0 of 1 packets lost') == steps.contains('outage')

        where:
        steps                                                                                        || status | told
        "say 'a'\nalways { watch('late', from: 'a-gw', to: 'b-gw') }"                                || 0      | ['begin late', 'end late']
        "watch('w', from: 'a-gw', to: 'b-gw')\nalways { outage('w') }"                               || 0      | ['begin w', 'end w']
        "watch('w', from: 'a-gw', to: 'b-gw')\nsay 'a'"                                              || 0      | ['begin w', 'end w']
        "watch('w', from: 'a-gw', to: 'b-gw')\ncommand('a-gw', ['x'], status: 1)\nalways { say 'b' }" || 5    | ['begin w', 'end w']
        "watch('w', from: 'a-gw', to: 'b-gw')\nsay 'a'\noutage('w')\nalways { outage('w') }"         || 0      | ['begin w', 'end w']
    }

    def 'a ping that cannot be ended is told, and no success'() {
        given:
        applied()
        toy.before = { String host, Step step -> if (step instanceof Step.Run && step.argv().words()[0] == 'x') toy.unreachable << 'a-gw' }

        expect:
        run("watch('w', from: 'a-gw', to: 'b-gw')\ncommand('a-gw', ['x'])", '--yes') == 3
        toy.out.contains("the ping 'w' on a-gw could not be ended, and goes on for 3000 s at most: a-gw: connection refused")
    }

    def 'an outage of a ping that this run has not begun is passed over, and signals nothing'() {
        given:
        applied()
        pinging()

        expect:
        run("command('a-gw', ['x'], status: 1)\nwatch('w', from: 'a-gw', to: 'b-gw')\nonFailure { outage('w'); command('a-gw', ['mend']) }", '--yes') == 5
        commands == ['a-gw: x', 'a-gw: mend']
        toy.err.contains("not done: no ping 'w' of this run goes on")
        records().last().onFailure*.outcome*.asText() == ['skipped', 'done']
    }

    def 'two runs never have one file of a ping'() {
        given:
        applied()
        pinging()

        expect:
        2.times { assert run("watch('w', from: 'a-gw', to: 'b-gw')\noutage('w')", '--yes') == 0 }
        commands.collectMany { (it =~ /linkctl-ping-w-\S+-playbook/).collect { it.toString() } }.unique().size() == 2
    }

    def 'TCP connections are held beside a ping, and what they met is told beside the last time'() {
        given:
        applied()
        double longest = 1.5
        toy.saying = { String host, Question<?> question ->
            if (!(question instanceof Question.Command) || question.argv().words()[0] != 'cat') return null
            new Answer.Output(0, question.argv().words()[1].contains('-tcp-') ? "begun\niperf3: interrupt - the client has terminated\nlongest $longest, 5 of 16\n" :
                    '64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.038 ms\n1 packets transmitted, 1 received\n', '')
        }
        def first = '0 of 1 packets lost, 0.0 s without an answer at most; TCP 1.5 s without data at most, 5 of 16 connections for half a second'

        expect:
        run("watch('w', from: 'a-gw', to: 'b-gw', tcp: true)\noutage('w')", '--yes') == 0
        toy.err.contains("done: $first\n")
        commands.findAll { it.contains('iperf3') && !it.contains('kill -INT') }.collect { it.split(':')[0] } == ['b-gw', 'a-gw']
        commands.findAll { it.contains(' rm -f ') }.size() == 3

        when:
        longest = 2
        commands.clear()

        then:
        run("watch('w', from: 'a-gw', to: 'b-gw', tcp: true)\noutage('w')", '--yes') == 0
        toy.err.contains("TCP 2.0 s without data at most, 5 of 16 connections for half a second; last time $first")
        commands.findAll { it.contains('kill -INT') }.size() == 3
    }

    def 'how long something took is kept, and told beside the last time'() {
        given:
        applied()
        toy.saying = { String host, Question<?> question -> question == Question.command('x') ? new Answer.Output(0, '', '') : null }

        expect:
        run("waitFor('a-gw', ['x'], kept: 'one/two')", '--yes') == 0
        toy.err =~ /done: after \d+\.\d s\n/
        run("waitFor('a-gw', ['x'], kept: 'one/two')", '--yes') == 0
        toy.err =~ /done: after \d+\.\d s; last time after \d+\.\d s\n/
        run("waitFor('a-gw', ['x'])", '--yes') == 0
        toy.err =~ /done: after \d+ s\n/
    }

    def 'a part may log in as another user, and what follows as the inventory says'() {
        expect:
        run("step('one', login: 'root') { command('a-gw', ['x']); step('two') { apply(hosts: 'a-gw') } }\nstep('three', login: '') { command('a-gw', ['x']) }\nalways { verify(hosts: 'a-gw') }", '--yes') == 0
        toy.connected*.login() == ['root', 'root', null, null]
        toy.out.contains('  one (logs in as root)\n')
        records()[0].steps*.login*.asText() == ['root', 'root', null]
    }

    def 'a run does not begin after a ping that always ends'() {
        given:
        applied()

        expect:
        run("watch('w', from: 'a-gw', to: 'b-gw')\nsay 'b'\nalways { outage('w') }", '--yes', '--from', '2') == 1
        toy.err.contains("--from 2 leaves out step 1, watch of 'w'")
    }

    def 'a route that carries less is told each time, until that is accepted'() {
        given:
        applied()
        double rate = 1e9
        toy.saying = { String host, Question<?> question ->
            List<String> words = question instanceof Question.Command ? question.argv().words()*.toString() : []
            if (words.take(1) == ['ss']) return new Answer.Output(0, 'LISTEN\n', '')
            if (words.take(1) != ['iperf3']) return null
            new Answer.Output(0, '-u' in words ? """{"end": {"sum": {"packets": 100, "lost_packets": 0, "bits_per_second": $rate, "jitter_ms": 0.1}}}""" :
                    """{"start": {}, "end": {"sum_sent": {"bytes": 1000000}, "sum_received": {"bits_per_second": $rate}}}""", '')
        }
        def measured = { double now, String more = '' ->
            rate = now
            run("measure('m'$more)", '--yes')
        }

        expect:
        measured(1e9) == 0
        measured(5e8) == 5
        toy.out.contains('over 10 % less than last time')
        measured(5e8) == 5
        measured(9.5e8) == 0
        measured(5e8, ', accept: true') == 0
        toy.out.contains("kept as 'm', whatever it is")
        measured(5e8) == 0
        measured(4e8) == 5
    }
}
