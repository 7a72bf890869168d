package org.linkctl.cli

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Question
import spock.lang.Specification
import spock.lang.TempDir

/** `linkctl run` with hosts in memory. PlaybookLabSpec runs the shipped playbooks on real ones. */
class PlaybookRunSpec extends Specification {
    static final String ECMP = '../inventories/ecmp.groovy'

    @TempDir
    Path folder

    def toy = new Toy()
    /** Commands that were run on hosts, without what the guard is told. */
    List<String> commands = Collections.synchronizedList([])

    def setup() {
        toy.environment = [XDG_STATE_HOME: folder.resolve('state').toString()]
        toy.modules = [new ToyModule(), new SpreadModule()]
        toy.before = { String host, Step step ->
            if (step instanceof Step.Run && !step.argv().words()[1].toString().endsWith('/guard')) commands << "$host: ${step.argv()}".toString()
        }
    }

    private String playbook(String steps) {
        Files.writeString(folder.resolve('p.groovy'), "playbook('p', about: 'a test') {\n${steps.stripIndent()}\n}\n").toString()
    }

    private int run(String steps, String... more) {
        toy.run('run', playbook(steps), ECMP, '--color', 'never', *more)
    }

    private void applied() {
        assert toy.run('apply', ECMP, '--yes') == 0
        toy.steps.clear()
        toy.addresses.clear()
        commands.clear()
    }

    private List<JsonNode> records() {
        def runs = folder.resolve('state/linkctl/runs')
        if (!Files.exists(runs)) return []
        Files.list(runs).withCloseable { it.filter { it.toString().endsWith('-playbook.json') }.sorted().toList() }
                .collect { new ObjectMapper().readTree(it.toFile()) }
    }

    def 'a dry run shows every step in its order, and touches nothing'() {
        expect:
        run('''
            say 'it begins'
            step('one') { apply(hosts: 'a-gw', only: 'file'); verify() }
            eachHost(among: 'a') { host -> command(host, ['uptime']) }
            onFailure { say 'oh' }
            always { say 'the end' }
            ''', '--dry-run') == 0
        toy.out == '''\
            p: a test
              inventory: ecmp

               1  say      it begins
              one
               2  apply    a-gw: what differs from the inventory, of file alone
                           (the changes are planned, and shown, when it is its turn)
               3  verify   a-gw, a-app, b-gw: has to be in health
              a-gw
               4  command  a-gw: uptime; expected: status 0
              a-app
               5  command  a-app: uptime; expected: status 0

            if a step fails
               6  say      oh

            at the end, whatever happened
               7  say      the end

            Playbook: 5 steps to be done
            '''.stripIndent()
        toy.err == ''
        toy.addresses.empty
        records() == []
    }

    def 'the steps are done in their order, and a record is left'() {
        expect:
        run('''
            apply()
            say 'applied'
            verify()
            command('b-gw', ['systemctl', 'restart', 'a b'])
            always { command('a-gw', ['true']) }
            ''', '--yes') == 0
        toy.steps.findAll { it.contains('toy.conf') }.size() == 3
        commands == ["b-gw: systemctl restart 'a b'", 'a-gw: true']
        toy.out.contains('\napplied\n')
        toy.out.endsWith('\nPlaybook p: 4 of 4 steps done\n')
        records().size() == 1
        with(records()[0]) {
            it.run.outcome.asText() == 'done'
            it.run.playbook.asText() == 'p'
            it.steps*.outcome*.asText() == ['done'] * 4
            it.always*.outcome*.asText() == ['done']
        }
    }

    def 'the first failure ends it, and what is to be done then is done'() {
        given:
        applied()
        toy.failing << 'b-gw'
        toy.hosts['b-gw'].remove('/etc/toy.conf')

        expect:
        run('''
            say 'first'
            apply()
            say 'never'
            onFailure { say 'mending'; command('a-gw', ['false']) }
            always { say 'ended' }
            ''', '--yes') == 5
        toy.out.contains('\nmending\n')
        toy.out.contains('\nended\n')
        !toy.out.contains('\nnever\n')
        commands == ['a-gw: false']
        toy.out.contains('Playbook p: 1 of 3 steps done; step 2 failed: ')
        toy.out.contains('Nothing is drained.')
        toy.out.contains('--from 2 goes on there')
        records()[0].run.outcome.asText() == 'failed'
        records()[0].steps*.outcome*.asText() == ['done', 'failed', 'not begun']
    }

    def 'it goes on at a step, by its number or by the title of its part'() {
        expect:
        run("say 'a'\nstep('second') { say 'b' }\nsay 'c'", '--yes', '--from', from) == 0
        !toy.out.contains('\na\n')
        toy.out.contains('(left out) a')
        toy.out.contains('Playbook p: 2 of 2 steps done')
        toy.err.contains('[2/3] second: say: b')

        where:
        from << ['2', 'second']
    }

    def 'a step that is not there is no place to begin: #from'() {
        expect:
        run("step('second') { say 'b' }", '--yes', '--from', from) == 1
        toy.err == said

        where:
        from     || said
        '2'      || '--from: no step 2; the steps are 1 to 1\n'
        '0'      || '--from: no step 0; the steps are 1 to 1\n'
        'secnod' || "--from: no step 'secnod'; did you mean 'second'?\n  its parts: second; the steps are 1 to 1\n"
    }

    def 'a person is asked first, and by a step: #input'() {
        given:
        toy.terminals = [Stream.IN, Stream.ERR]
        toy.input = input

        expect:
        run("say 'a'\nask 'all well?'\nsay 'b'") == status
        toy.err.contains('Do 3 steps? [y/N] ')
        toy.err.contains('all well? [y/N] ') == asked
        toy.out.contains('\nb\n') == done

        where:
        input    || status | asked | done
        'y\ny\n' || 0      | true  | true
        'y\nn\n' || 6      | true  | false
        'n\n'    || 6      | false | false
    }

    def 'where nobody can be asked nothing is done'() {
        expect:
        run("say 'a'") == 1
        toy.err.contains('There is no terminal to ask on')
        !toy.out.contains('\na\n')
    }

    def 'values of parameters are given, asked for, or told to be missing'() {
        given:
        def steps = "String who = textParameter('who', about: 'a name')\nint n = numberParameter('n', about: 'a number', default: 3, from: 1)\nsay \"\$who \$n\""

        when:
        def status = run(steps, '--yes')

        then:
        status == 1
        toy.err == "${folder.resolve('p.groovy')}: these parameters have no value:\n  -e who=…  a name (a text)\n"
        toy.addresses.empty

        when:
        status = run(steps, '--yes', '-e', 'who=me and you', '-e', 'n=7')

        then:
        status == 0
        toy.out.contains('\nme and you 7\n')

        when:
        toy.terminals = [Stream.IN, Stream.ERR]
        toy.input = 'somebody\ny\n'
        status = run(steps)

        then:
        status == 0
        toy.err.startsWith('who, a name (a text): ')
        toy.out.contains('\nsomebody 3\n')
    }

    def 'a value that cannot be is refused: #given'() {
        expect:
        run("int n = numberParameter('n', about: 'a number', default: 3, from: 1, to: 9)\nTunnel t = tunnelParameter('t', about: 'x', default: 'wg0')\nsay \"\$n\"", '--yes', *given) == 1
        toy.err.contains(said)
        toy.out == ''

        where:
        given                    || said
        ['-e', 'n=x']            || "2:25: error: n: expected a whole number from 1 to 9, got 'x' (-e)"
        ['-e', 'n=10']           || "n: expected a whole number from 1 to 9, got '10' (-e)"
        ['-e', 't=wg00']         || "t: expected the name of a tunnel, got 'wg00' (-e); did you mean 'wg0'?"
        ['-e', 'm=1']            || '-e m=…: the playbook has no such parameter'
        ['-e', 'n']              || "-e: 'n' is no NAME=VALUE"
        ['-e', 'n=1', '-e', 'n=2'] || "-e: 'n' is given twice"
    }

    def 'what a command answers is looked at'() {
        expect:
        run("command('a-gw', ['x'], $expected)", '--yes') == status
        toy.out.contains(said)

        where:
        expected       || status | said
        'status: 0'    || 0      | '1 of 1 steps done'
        'status: 1'    || 5      | 'x on a-gw ended with status 0, and 1 is expected'
        "says: 'up'"   || 5      | "x on a-gw did not say 'up'"
        "lacks: 'up'"  || 0      | '1 of 1 steps done'
        "matches: 'u'" || 5      | "x on a-gw did not match 'u'"
    }

    def 'a command may take as long as a step'() {
        expect:
        run("command('a-gw', ['apt-get', 'update'])", '--yes', '--timeout', '2h', '--command-timeout', '10s') == 0
        toy.connected*.stepTimeout().unique() == [Duration.ofHours(2)]
    }

    def 'a host on which another run works is not touched'() {
        given:
        toy.holders['a-gw'] = 'somebody since noon'

        expect:
        run("command('a-gw', ['true'])", '--yes') == 7
        toy.out.contains('another run is at work there: somebody since noon')
        commands == []
    }

    private String used(String host) { toy.hosts[host]['/etc/spread'].readLines()[0] }

    private Map<String, String> marks(String host) {
        toy.hosts[host].findAll { path, text -> path.startsWith('/var/lib/linkctl/drained/') }.collectEntries { path, text -> [path.split('/').last(), text] }
    }

    /** What is in the file of routes, and marked, on a host whenever a command looks there. */
    private List<String> looking() {
        List<String> seen = []
        toy.before = { String host, Step step ->
            if (step instanceof Step.Run && step.argv().words()[0] == 'look') seen << "${used(host)}; ${marks(host).keySet().sort().join(' ')}".toString()
        }
        seen
    }

    def 'what was drained is put back when a later step fails'() {
        given:
        applied()

        expect:
        run("drain('wg0')\ncommand('a-gw', ['x'], status: 1)\nundrain('wg0')", '--yes') == 5
        toy.out.contains('Nothing is drained.')
        toy.err.contains('wg0 is still drained: it is put back into service')
        ['a-gw', 'b-gw'].every { used(it) == 'wg0 wg1' && marks(it).isEmpty() }
        toy.out.contains('--from 1 goes on there')
    }

    def 'a drained tunnel has the marks of linkctl drain: every plan and check knows it, and undrain takes them away'() {
        given:
        applied()
        def seen = looking()

        expect:
        run("drain('wg0')\napply()\nverify()\ncommand('a-gw', ['look', 'at'])\nundrain('wg0')\ncommand('a-gw', ['look', 'at'])", '--yes') == 0
        seen == ['wg1; wg0', 'wg0 wg1; ']
        ['a-gw', 'b-gw'].every { marks(it).isEmpty() }
    }

    def 'a run that is killed leaves the marks, and linkctl undrain takes them away'() {
        given:
        applied()
        toy.before = { String host, Step step -> if (step instanceof Step.Run && step.argv().words()[0] == 'die') throw new ThreadDeath() }

        when:
        run("drain('wg0')\ncommand('a-gw', ['die'])", '--yes')

        then:
        thrown(ThreadDeath)
        marks('a-gw')['wg0'] ==~ /\S+ by \S+@.* with ecmp\n/
        toy.run('plan', ECMP, '--detailed-exitcode') == 0
        (toy.out + toy.err).contains('tunnel wg0 is drained by ')
        toy.run('undrain', 'wg0', ECMP) == 0
        marks('a-gw').isEmpty()
    }

    def 'what somebody else has drained stays so: #steps'() {
        given:
        applied()
        assert toy.run('drain', 'wg0', ECMP) == 0
        def before = marks('a-gw')

        expect:
        run(steps, '--yes') == status
        marks('a-gw') == before
        toy.err.contains('drained before, and it stays so: a-gw: tunnel wg0 is drained by ')

        where:
        steps                                                     || status
        "drain('wg0')\nundrain('wg0')"                            || 0
        "drain('wg0')"                                            || 0
        "drain('wg0')\ncommand('a-gw', ['x'], status: 1)"         || 5
    }

    def 'a tunnel is not drained whose sibling is out of service'() {
        given:
        applied()
        assert toy.run('drain', 'wg1', ECMP) == 0
        toy.steps.clear()

        expect:
        run("drain('wg0')", '--yes') == 4
        toy.out.contains('the route a-b would have nothing else to go over: the rest is dead, or drained')
        toy.steps == []
        marks('a-gw').keySet() == ['wg1'] as Set
    }

    def 'a tunnel is not drained whose sibling does not work'() {
        given:
        applied()
        toy.hosts['b-gw']['/etc/bad'] = 'wg1'

        expect:
        run("drain('wg0')", '--yes') == 4
        toy.out.contains('the route a-b would have nothing else to go over')
        toy.steps == []
    }

    def 'where one end cannot be reached nothing is drained'() {
        given:
        applied()
        toy.unreachable << 'b-gw'

        expect:
        run("drain('wg0')", '--yes') == 3
        toy.steps == []
    }

    def 'what is put back on one host is still drained on the other: it is told'() {
        given:
        applied()
        toy.before = { String host, Step step -> if (step instanceof Step.Run && step.argv().words()[0] == 'x') toy.failing << 'b-gw' }

        expect:
        run("drain('wg0')\ncommand('a-gw', ['x'], status: 1)", '--yes') == 5
        marks('b-gw').keySet() == ['wg0'] as Set
        toy.out.contains('Still drained: wg0; `linkctl undrain` puts that back.')
    }

    def 'a run goes on at the step which begins what later ones need, and at no later one: #steps'() {
        given:
        applied()

        expect:
        run(steps, '--yes') == 5
        toy.out.contains("--from $right goes on there")
        run(steps, '--yes', '--from', "$from") == 1
        toy.err.contains("--from $from leaves out step $out, which later steps need; --from $right does not")

        where:
        steps                                                                                                                        || from | right | out
        "say 'a'\ndrain('wg0')\ncommand('a-gw', ['x'], status: 1)\nundrain('wg0')"                                                   || 3    | 2     | '2, drain of wg0'
        "say 'a'\ndrain('wg0')\ncommand('a-gw', ['x'], status: 1)"                                                                   || 3    | 2     | '2, drain of wg0'
        "watch('w', from: 'a-gw', to: 'b-gw')\ndrain('wg0')\nundrain('wg0')\ncommand('a-gw', ['x'], status: 1)\noutage('w')"         || 4    | 1     | "1, watch of 'w'"
        "watch('w', from: 'a-gw', to: 'b-gw')\ndrain('wg0')\ncommand('a-gw', ['x'], status: 1)\nundrain('wg0')\noutage('w')"         || 3    | 1     | "1, watch of 'w'"
    }

    def 'a list that became empty is an error, not all hosts: #steps'() {
        given:
        applied()

        expect:
        run(steps, '--yes') == 1
        toy.err.contains(said)
        toy.addresses.empty

        where:
        steps                                                  || said
        'apply(hosts: [])'                                     || 'hosts: no host is left'
        "verify(hosts: hosts.findAll { it.name() == 'x' })"    || 'hosts: no host is left'
        'waitForHealth(hosts: [], within: 5)'                  || 'hosts: no host is left'
        "measure('m', hosts: [])"                              || 'hosts: no host is left'
        'apply(only: [])'                                      || 'only: no module is left'
        'apply(rotateKey: [])'                                 || 'rotateKey: no tunnel is left'
        'apply(hosts: null)'                                   || 'hosts: expected a text or a list of texts, got null'
        "apply(only: ['fiel'])"                                || "only: no module 'fiel'; did you mean 'file'?"
    }

    def 'what a host answers decides whether steps are done, and is asked once'() {
        given:
        applied()

        expect:
        run("when('a-gw', ['x'], status: $status) { say 'one'; say 'two' }\nsay 'end'", '--yes') == 0
        toy.out.contains("\none\ntwo\n") == done
        toy.out.endsWith("Playbook p: $end\n")
        records().last().steps*.outcome*.asText() == (done ? ['done'] * 3 : ['skipped', 'skipped', 'done'])

        where:
        status || done  | end
        2      || true  | '3 of 3 steps done'
        0      || false | '1 of 3 steps done, 2 not needed'
    }

    def 'a program that is not there is no answer to a when, unless that is expected'() {
        given:
        applied()
        toy.saying = { String host, Question<?> question -> question == Question.command('x') ? new Answer.Output(status, '', '') : null }

        expect:
        run("when('a-gw', ['x'], $expected) { say 'one' }\nsay 'end'", '--yes') == exit
        toy.out.contains("a-gw: x ended with status $status") == (exit == 5)

        where:
        status | expected      || exit
        127    | 'status: 0'   || 5
        126    | 'says: "yes"' || 5
        127    | 'status: 127' || 0
        1      | 'status: 0'   || 0
    }

    def 'a defect in a step is a failure like any other: what was drained is put back'() {
        given:
        applied()
        toy.before = { String host, Step step -> if (step instanceof Step.Run && step.argv().words()[0] == 'x') throw new IllegalStateException('broken') }

        expect:
        run("drain('wg0')\ncommand('a-gw', ['x'])\nalways { say 'ended' }", '--yes') == 1
        toy.out.contains('\nended\n')
        toy.out.contains('broken')
        marks('a-gw').isEmpty()
        records().last().run.outcome.asText() == 'failed'
    }

    /** What a ping says on every host; what ends one is among {@link #commands}, as is what begins it. */
    private void pinging() {
        toy.saying = { String host, Question<?> question ->
            question instanceof Question.Command && question.argv().words()[0] == 'cat'
                    ? new Answer.Output(0, '64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.038 ms\n1 packets transmitted, 1 received\n', '') : null
        }
    }

    /** Of each command on a ping the program and the file. */
    private List<String> pings() {
        commands.findAll { it.contains('/var/run/linkctl-ping-') && !it.contains(': rm ') }
                .collect { "${it.contains('kill -INT') ? 'end' : 'begin'} ${(it =~ /linkctl-ping-([a-z]+)-/)[0][1]}".toString() }
    }

    def 'what always drains is put back at the very end'() {
        given:
        applied()
        def seen = looking()

        expect:
        run("say 'a'\nalways { drain('wg0'); command('a-gw', ['look', 'at']) }", '--yes') == 0
        seen == ['wg1; wg0']
        marks('a-gw').isEmpty()
        toy.err.contains('wg0 is still drained: it is put back into service')
    }

    def 'what the steps drained is so until always has ended, and is put back where always fails'() {
        given:
        applied()
        def seen = looking()

        expect:
        run("drain('wg0')\nalways { command('a-gw', ['look', 'at'], status: 1); say 'never' }", '--yes') == 5
        seen == ['wg1; wg0']
        !toy.out.contains('\nnever\n')
        marks('a-gw').isEmpty()
        toy.out.contains('Nothing is drained.')
    }

    def 'what always drained and cannot be put back is told, and no success'() {
        given:
        applied()
        toy.before = { String host, Step step -> if (step instanceof Step.Run && step.argv().words()[0] == 'x') toy.failing << 'b-gw' }

        expect:
        run("say 'a'\nalways { drain('wg0'); command('a-gw', ['x']) }", '--yes') == 5
        toy.out.contains('wg0 could not be undrained')
        toy.out.contains('Still drained: wg0; `linkctl undrain` puts that back.')
        records().last().run.outcome.asText() == 'failed'
        records().last().drained*.asText() == ['wg0']
    }

    def 'two things that share all marks of one are both put back: #steps'() {
        given:
        applied()

        expect:
        run(steps, '--yes') == 0
        ['a-gw', 'b-gw'].every { marks(it).isEmpty() }

        where:
        steps << ["drain(tunnels.first())\ndrain([tunnels.first(), tunnels.first()])",
                  "drain('wg0')\nalways { drain([tunnels.first()]) }"]
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

    def 'a reboot that cuts traffic needs to be allowed'() {
        expect:
        run("reboot('a-gw')", '--yes') == 4
        toy.out.contains('! cuts traffic: step 1, a and b have no way to each other while a-gw reboots')
        toy.err.contains('--allow-cut')
        toy.addresses.empty
    }

    def 'as data'() {
        when:
        int status = run("step('one') { say 'a' }\nreboot('a-gw')", '--dry-run', '--json')
        def json = new ObjectMapper().readTree(toy.out)

        then:
        status == 0
        json.playbook.asText() == 'p'
        json.steps[0].title.asText() == 'one'
        json.steps*.step*.asText() == ['say', 'reboot']
        json.steps*.outcome*.asText() == ['not begun', 'not begun']
        json.cuts[0].step.asInt() == 2

        when:
        status = run("say 'a'\ncommand('a-gw', ['x'], status: 2)", '--yes', '--json')
        json = new ObjectMapper().readTree(toy.out)

        then:
        status == 5
        json.run.outcome.asText() == 'failed'
        json.steps*.outcome*.asText() == ['done', 'failed']
        json.drained.empty
    }

    def 'data and questions do not go together'() {
        expect:
        run("say 'a'", '--json') == 1
        toy.err == 'run --json cannot ask: say --yes or --dry-run as well\n'
    }

    def 'what is missing is asked for'() {
        expect:
        toy.run(*args) == 1
        toy.err.contains(said)

        where:
        args                            || said
        ['run']                         || 'which playbook, for which inventory?'
        ['run', 'playbooks/x.groovy']   || 'which inventory?'
        ['run', '/nowhere.groovy', ECMP] || '/nowhere.groovy: error: no such file'
    }
}
