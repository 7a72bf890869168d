package org.linkctl.cli

import com.fasterxml.jackson.databind.ObjectMapper

import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.shell.Step

/** What plan, apply and verify say and do, and on which hosts. */
class PlanAndApplySpec extends InventorySpecification {
    def "a plan that is not there is an error that says so"() {
        expect:
        toy.run('apply', 'nosuch.json') == 1
        toy.err == "'nosuch.json': no such file; `linkctl plan INVENTORY -o nosuch.json` writes one\n"
    }

    def "plan shows, apply makes, a second apply does nothing"() {
        given:
        def file = twoHosts()

        expect:
        toy.run('plan', file) == 0
        Golden.is('toy/plan.txt', toy.out)
        toy.run('plan', file, '--detailed-exitcode') == 2
        toy.steps == []

        and:
        toy.run('apply', file, '--yes') == 0
        Golden.is('toy/apply.txt', toy.out)
        toy.steps.sort() == ['one: /etc/toy.conf', 'two: /etc/toy.conf']

        and:
        toy.run('apply', file, '--yes') == 0
        toy.out == 'Converged: one, two\n\nNothing to do: 2 hosts converged\n'
        toy.steps.size() == 2
        toy.run('plan', file, '--detailed-exitcode') == 0
    }

    def "apply asks on a terminal and takes no for an answer"() {
        given:
        toy.terminals = [Stream.IN, Stream.OUT, Stream.ERR]
        toy.environment = [NO_COLOR: '1']
        toy.input = answer

        expect:
        toy.run('apply', twoHosts()) == status
        toy.err.contains('Change 2 hosts? [y/N] ')
        toy.steps.size() == steps

        where:
        answer  || status | steps
        'y\n'   || 0      | 2
        'Yes\n' || 0      | 2
        'n\n'   || 6      | 0
        '\n'    || 6      | 0
        ''      || 6      | 0
    }

    def "apply without a terminal and without --yes shows the plan and changes nothing"() {
        expect:
        toy.run('apply', twoHosts()) == 1
        toy.out.contains('Plan: 2 hosts, 2 to add')
        toy.err.contains('Say --yes')
        toy.steps == []
    }

    def "what stops traffic is named, and not done unless that is allowed"() {
        given:
        def file = twoHosts()
        toy.hosts.one[ToyModule.FILE] = ToyModule.BUSY

        expect:
        toy.run('apply', file, '--yes') == 4
        toy.out.contains('Cut, since traffic has no other way\n  one  /etc/toy.conf  about 3 s\n')
        toy.err.contains('Say --allow-cut')
        toy.steps == []

        and:
        toy.run('apply', file, '--yes', '--allow-cut') == 0
        toy.steps.sort() == ['one: /etc/toy.conf', 'two: /etc/toy.conf']
    }

    def "a cut that is found once the hosts are locked is refused as well, #how"() {
        given: 'a host that is changed by another run after the plan was made'
        def file = twoHosts()
        toy.latest = 'another run'
        toy.before = { host, step ->
            if (step instanceof Step.Run && step.argv().words()[2] == 'lock') toy.hosts.one[ToyModule.FILE] = ToyModule.BUSY
        }

        expect:
        toy.run('apply', file, '--yes', *words) == 4
        toy.err.contains('Say --allow-cut')
        (toy.out + toy.err).contains('one  /etc/toy.conf  about 3 s')
        how != 'as JSON' || new ObjectMapper().readTree(toy.out).cuts*.host*.asText() == ['one']
        toy.steps == []

        where:
        how         | words
        'as text'   | []
        'as JSON'   | ['--json']
        'as events' | ['--events']
    }

    def "what stops traffic is an object on standard output with --json, whether it is done or not"() {
        given:
        def file = twoHosts()
        toy.hosts.one[ToyModule.FILE] = ToyModule.BUSY

        expect:
        toy.run('apply', file, '--yes', '--json') == 4
        new ObjectMapper().readTree(toy.out).cuts*.host*.asText() == ['one']
        toy.steps == []
    }

    def "apply --dry-run is plan"() {
        given:
        def file = twoHosts()
        toy.run('plan', file)
        def plan = toy.out

        expect:
        toy.run('apply', file, '--dry-run') == 0
        toy.out == plan
        toy.run('apply', file, '--dry-run', '--detailed-exitcode') == 2
        toy.run('apply', file, '--yes', '--detailed-exitcode') == 1
        toy.err.contains('is for --dry-run')
        toy.steps == []
    }

    def "an unreachable host is an outcome, and the others go on"() {
        given:
        toy.unreachable = ['one']
        def file = twoHosts()

        expect:
        toy.run('plan', file, '--detailed-exitcode') == 3
        toy.out.contains('one: unreachable\n    connection refused\n')
        toy.out.endsWith('Plan: 1 host, 1 to add, 0 to change, 0 to remove; 1 unreachable\n')
        toy.run('apply', file, '-y') == 3
        toy.steps == ['two: /etc/toy.conf']
        toy.out.endsWith('Apply: 1 of 2 hosts converged (1 changed, 1 unreachable)\n')
    }

    def "no patience can be said as the help says it; other times are longer"() {
        expect:
        toy.run('apply', twoHosts(), '--yes', '--lock-timeout', '0s') == 0
        toy.run('apply', twoHosts(), '--yes', '--confirm-within', '0s') == 1
        toy.err.contains("'0s' is not a duration; write 30, 30s, 5m or 2h")
    }

    def "what is measured is said within limits, and only where anything is: #said"() {
        expect:
        toy.run('verify', twoHosts(), *words) == 1
        toy.err.contains(said)

        where:
        words                               || said
        ['--seconds', '5']                  || '--seconds: nothing is measured; say --throughput, too'
        ['--flows', '5']                    || '--flows: nothing is measured; say --throughput, too'
        ['--throughput', '--seconds', '0']  || '--seconds: 0 is not 1 to 300'
        ['--throughput', '--flows', '-1']   || '--flows: -1 is not 1 to 128'
        ['--throughput', '--flows', '129']  || '--flows: 129 is not 1 to 128'
    }

    def "--limit and --only are checked, and limit"() {
        given:
        def file = twoHosts()

        expect:
        toy.run('plan', file, '--limit', 'ome') == 1
        toy.err.contains("--limit: no host, pair, group or site named 'ome'; did you mean 'one'?\n  there are: one, two, a\n")
        toy.run('plan', file, '--only', 'toy.fil') == 1
        toy.err.contains("--only: no module named 'toy.fil'; did you mean 'toy.file'?\n  modules: toy.file\n")
        toy.run('apply', file, '--limit=two', '--only=file', '--yes') == 0
        toy.steps == ['two: /etc/toy.conf']
    }

    def "--limit #limit is #hosts: by host, pair, group, tag or site"() {
        given:
        def file = inventory('''
            fabric('grouped') {
                site('a', lan: '10.1.0.0/24') {
                    host('one', os: LINUX, ssh: 'admin@192.0.2.1', tags: 'edge')
                    host('two', os: LINUX, ssh: 'admin@192.0.2.2', tags: ['edge', 'spare'])
                }
                site('b') { host('three', os: LINUX, ssh: 'admin@192.0.2.3') }
                site('c') { host('four', os: LINUX, ssh: 'admin@192.0.2.4') }
                site('empty') {}
                group('front', hosts: ['b', 'one'])
            }
            '''.stripIndent()).toString()

        expect:
        toy.run('apply', file, "--limit=$limit", '--yes') == 0
        toy.steps.collect { it.takeBefore(':') }.toSet() == hosts.toSet()

        where:
        limit        || hosts
        'edge'       || ['one', 'two']
        'spare'      || ['two']
        'front'      || ['one', 'three']
        'a'          || ['one', 'two']
        'front,four' || ['one', 'three', 'four']
    }

    def "--limit: a site without hosts, and a group that is not there"() {
        given:
        def file = inventory("fabric('x') { site('a') { host('one', os: LINUX, ssh: '192.0.2.1') }; site('empty') {}; group('edge', hosts: 'one') }").toString()

        expect:
        toy.run('plan', file, '--limit', 'empty') == 1
        toy.err.contains("--limit: site 'empty' has no hosts")
        toy.run('plan', file, '--limit', 'egde') == 1
        toy.err.contains("--limit: no host, pair, group or site named 'egde'; did you mean 'edge'?\n  there are: one, edge, a, empty\n")
    }

    def "plan and apply as data"() {
        given:
        def file = twoHosts()

        expect:
        toy.run('plan', file, '--json') == 0
        Golden.is('toy/plan.json', toy.out)
        toy.run('apply', file, '--json') == 1
        toy.run('apply', file, '--json', '--yes') == 0
        Golden.is('toy/apply.json', toy.out)
    }

    def "verify fails where something is bad"() {
        given:
        def file = twoHosts()
        toy.hosts['one'][ToyModule.FILE] = 'x'

        expect:
        toy.run('verify', file) == 5
        Golden.is('toy/verify.txt', toy.out)
        toy.run('verify', file, '--json') == 5
        Golden.is('toy/verify.json', toy.out)
        toy.run('verify', file, '--limit', 'one') == 0
    }

    def "-v shows the steps, and where the content of a file is shown"() {
        expect:
        toy.run('plan', twoHosts(), '-v') == 0
        toy.out.contains('$ install -D -m 0644 files/etc/toy.conf /etc/toy.conf  # its content: --diff shows it\n')
        toy.run('plan', twoHosts(), '-v', '--diff') == 0
        toy.out.contains('$ install -D -m 0644 files/etc/toy.conf /etc/toy.conf  # its content: the diff above shows it\n')
    }

    def "#command shows a plan in short, and with --diff line by line"() {
        given:
        def file = twoHosts()

        expect:
        toy.run(command, file, *more) == 0
        toy.out.contains('    + /etc/toy.conf  (+1 line)\n')
        !toy.out.contains('+++')
        toy.hosts.clear()
        toy.run(command, file, '--diff', *more) == 0
        toy.out.contains('        --- /dev/null\n        +++ /etc/toy.conf\n        @@ -0,0 +1,1 @@\n        +host = one\n')
        !toy.out.contains('--diff')

        where:
        command | more
        'plan'  | []
        'apply' | ['--yes']
        'apply' | ['--dry-run']
    }

    def "before it asks, apply shows the short form"() {
        given:
        toy.terminals = [Stream.IN, Stream.OUT, Stream.ERR]
        toy.environment = [NO_COLOR: '1']
        toy.input = 'n\n'

        expect:
        toy.run('apply', twoHosts()) == 6
        toy.out.contains('(+1 line)')
        !toy.out.contains('+++')
    }

    def "where a host has changed meanwhile in what the short form folds, it is shown, and asked about again"() {
        given:
        def file = twoHosts()
        toy.hosts.one[ToyModule.FILE] = 'old\n'
        toy.latest = 'another run'
        toy.before = { host, step ->
            if (step instanceof Step.Run && step.argv().words()[2] == 'lock') toy.hosts.one[ToyModule.FILE] = 'new\n'
        }
        toy.terminals = [Stream.IN, Stream.OUT, Stream.ERR]
        toy.environment = [NO_COLOR: '1']
        toy.input = 'y\nn\n'

        expect:
        toy.run('apply', file) == 6
        toy.out.contains('The hosts have changed since this plan was made. The plan now:')
        toy.out.contains('        -new\n        +host = one\n')
        toy.steps == []
    }

    def "a step that failed is told as that, also where the host cannot tell whether it was undone"() {
        given:
        toy.failing = ['one']

        expect:
        toy.run('apply', twoHosts(), '--yes', '--confirm-within', '5s') == 5
        toy.out.contains('one  FAILED\n       a step failed: install ')
        toy.out.contains('no space left on device')
        !toy.out.contains('UNREACHABLE')
        !toy.out.contains('next run')
    }
}
