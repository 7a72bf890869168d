package org.linkctl.cli

import java.nio.file.Files
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Question

/** What a playbook drains is put back, whatever happens, and what others drained is left alone. */
class PlaybookDrainSpec extends PlaybookSpecification {
    String used(String host) { toy.hosts[host]['/etc/spread'].readLines()[0] }

    Map<String, String> marks(String host) {
        toy.hosts[host].findAll { path, text -> path.startsWith('/var/lib/linkctl/drained/') }.collectEntries { path, text -> [path.split('/').last(), text] }
    }

    /** What is in the file of routes, and marked, on a host whenever a command looks there. */
    List<String> looking() {
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
        toy.out.contains('This run leaves nothing drained.')
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
        toy.out.contains("\nwg0 was drained before this run, and stays so; `linkctl undrain wg0 $ECMP` puts it back.\n")
        !toy.out.contains('Nothing is drained')

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
        toy.out.contains('This run leaves nothing drained.')
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

    def 'what a killed run has drained is named at the end of the next one: #steps'() {
        given:
        applied()
        toy.before = { String host, Step step -> if (step instanceof Step.Run && step.argv().words()[0] == 'die') throw new ThreadDeath() }
        try {
            run("drain('wg0')\ncommand('a-gw', ['die'])", '--yes')
        } catch (ThreadDeath ignored) {
        }

        expect:
        marks('a-gw').keySet() == ['wg0'] as Set
        run(steps, '--yes') == status
        toy.out.contains("wg0 was drained before this run, and stays so; `linkctl undrain wg0 $ECMP` puts it back.\n")
        toy.run('undrain', 'wg0', ECMP) == 0
        run(steps, '--yes') == status
        !toy.out.contains('was drained before this run')

        where:
        steps                                                     || status
        "drain('wg0')\ncommand('a-gw', ['x'], status: 1)"         || 5
        "drain('wg0')\nundrain('wg0')"                            || 0
    }

    def 'what this run has drained itself is not told as drained before'() {
        given:
        applied()

        expect:
        run("drain('wg0')\ndrain(['wg0'])\nundrain('wg0')", '--yes') == 0
        !(toy.out + toy.err).contains('drained before')
        marks('a-gw').isEmpty()
    }

    /** Four tunnels between two sites, the first three of them a group. */
    String several() {
        Files.writeString(folder.resolve('several.groovy'), """fabric('several') {
            site('a', lan: '10.1.0.0/16') { host('a-gw', os: LINUX, ssh: 'a') { nic('eth0', address: '10.1.0.1/16') } }
            site('b', lan: '10.2.0.0/16') { host('b-gw', os: LINUX, ssh: 'b') { nic('eth0', address: '10.2.0.1/16') } }
            tunnels('t', count: 3, ports: 6000..6009, transit: '10.254.0.0/24') { end('a-gw'); end('b-gw', endpoint: '192.0.2.2') }
            tunnel('u') {
                end('a-gw', port: 5000, address: '10.255.0.1/30')
                end('b-gw', port: 5000, address: '10.255.0.2/30', endpoint: '192.0.2.2')
            }
            route(between: ['a', 'b'], via: ['t', 'u'])
        }""").toString()
    }

    def 'several tunnels are put back in any order, together or one after the other: #steps'() {
        given:
        String file = several()
        assert toy.run('apply', file, '--yes') == 0
        List<String> seen = []
        toy.before = { String host, Step step ->
            if (step instanceof Step.Run && step.argv().words()[0] == 'look') seen << marks('a-gw').keySet().sort().join(' ')
        }

        expect:
        toy.run('run', playbook(steps.replace('look', "command('a-gw', ['look'])")), file, '--yes') == 0
        seen == looks
        ['a-gw', 'b-gw'].every { marks(it).isEmpty() }
        !toy.err.contains('is still drained') == back

        where:
        steps                                                                                  || looks                   | back
        "drain(['t0', 't1']); undrain(['t1', 't0']); look"                                     || ['']                    | true
        "drain(['t0', 't1']); undrain('t1'); look; undrain('t0'); look"                        || ['t0', '']              | true
        "drain('t'); look; undrain('t1'); look; undrain(['t2', 't0']); look"                   || ['t0 t1 t2', 't0 t2', ''] | true
        "drain(['t0', 't1']); drain('t2'); look; undrain('t'); look"                           || ['t0 t1 t2', '']        | true
        "drain('t'); undrain('t1'); look"                                                      || ['t0 t2']               | false
    }

    def 'a tunnel that no step has drained is not put back with others: #steps'() {
        expect:
        toy.run('run', playbook(steps), several(), '--yes') == 1
        toy.err.contains("undrain: no step before this one has drained '$what'")

        where:
        steps                                               || what
        "drain(['t0', 't1']); undrain('t')"                 || 't2'
        "drain(['t0', 't1']); undrain('t0'); undrain('t0')" || 't0'
        "drain('t0'); undrain(['t1', 't2'])"                || 't1, t2'
    }

    def 'a run goes on where something of what was drained is still so: #from'() {
        expect:
        toy.run('run', playbook("drain(['t0', 't1']); undrain('t1'); undrain('t0'); say 'x'"), several(), '--dry-run', '--from', "$from") == status

        where:
        from || status
        2    || 1
        3    || 1
        4    || 0
    }
}
