package org.linkctl.cli

import com.fasterxml.jackson.databind.ObjectMapper
import java.time.Duration
import org.linkctl.cli.io.Terminal.Stream

/** `linkctl run` with hosts in memory: parameters, order, failures, records. PlaybookLabSpec runs the shipped playbooks on real ones. */
class PlaybookRunSpec extends PlaybookSpecification {
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
        toy.out.contains('This run leaves nothing drained.')
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

    def 'a part is where its first step is, whatever is nested in it: #steps, #from'() {
        expect:
        run("say 'a'\n$steps\nsay 'z'", '--yes', '--from', from) == 0
        toy.err.contains("[$first/$last] ")
        !toy.err.contains("[${first - 1}/")

        where:
        steps                                                                       | from       || first | last
        "step('x') { step('y') { say 'b' } }"                                       | 'x'        || 2     | 3
        "step('x') { step('y') { say 'b' } }"                                       | 'y'        || 2     | 3
        "step('x') { step('y') { say 'b' } }"                                       | 'x: y'     || 2     | 3
        "step('x') { eachHost { say it.name() } }"                                  | 'x'        || 2     | 5
        "step('x') { eachHost { say it.name() } }"                                  | 'b-gw'     || 4     | 5
        "step('x') { eachHost { say it.name() } }"                                  | 'x: b-gw'  || 4     | 5
        "eachHost { host -> step('x') { say host.name() } }"                        | 'b-gw: x'  || 4     | 5
        "step('x') { say 'b'; step('y') { eachHost(among: 'b-gw') { say 'c' } } }"  | 'y'        || 3     | 4
    }

    def 'the list and the mistakes show the parts with those around them'() {
        expect:
        run("step('first') { step('second') { say 'b' }; eachHost(among: 'a-gw') { say 'c' } }", '--dry-run') == 0
        toy.out.contains('first: second') && toy.out.contains('first: a-gw')
        run("step('first') { step('second') { say 'b' } }", '--dry-run', '--from', 'secnod') == 1
        toy.err == "--from: no step 'secnod'; did you mean 'second'?\n  its parts: first, first: second; the steps are 1 to 1\n"
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
        ['-e', 'n=x']            || "2:25: error: n: expected a whole number from 1 to 9, got 'x'"
        ['-e', 'n=10']           || "n: expected a whole number from 1 to 9, got '10'"
        ['-e', 't=wg00']         || "t: expected the name of a tunnel, got 'wg00'; did you mean 'wg0'?"
        ['-e', 'm=1']            || '-e m=…: the playbook has no such parameter'
        ['-e', 'n']              || "-e: 'n' is no NAME=VALUE"
        ['-e', 'n=1', '-e', 'n=2'] || "-e: 'n' is given twice"
    }

    def 'a wrong value is the only mistake that is told: #given'() {
        given:
        def steps = """
            List<Tunnel> some = tunnelsParameter('some', about: 'x')
            Host host = hostParameter('host', about: 'x', default: 'a-gw')
            int n = numberParameter('n', about: 'x', default: 1, from: 1)
            if (some.size() > 1) refuse 'one alone'
            drain(some)
            apply(rotatePsk: some, hosts: host)
            reboot(host, within: 0 - n)
            """

        when:
        def status = run(steps, '--yes', *given)

        then:
        status == 1
        (toy.err =~ /error: (.*)/).collect { it[1] } == said
        !toy.err.contains('no value')

        where:
        given                                             || said
        ['-e', 'some=wg9']                                || ["some: expected names of tunnels or groups of tunnels, a comma between two, got 'wg9'; did you mean 'wg0'?"]
        ['-e', 'host=x']                                  || ["host: expected the name of a host, got 'x'"]
        ['-e', 'some=wg0', '-e', 'host=b-gw', '-e', 'n=0'] || ["n: expected a whole number from 1, got '0'"]
        ['-e', 'some=wg9', '-e', 'n=0']                   || ["some: expected names of tunnels or groups of tunnels, a comma between two, got 'wg9'; did you mean 'wg0'?", "n: expected a whole number from 1, got '0'"]
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
