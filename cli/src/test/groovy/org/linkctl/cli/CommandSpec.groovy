package org.linkctl.cli

import com.fasterxml.jackson.databind.ObjectMapper
import org.linkctl.cli.io.Terminal
import org.linkctl.cli.context.Installation

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.modules.Modules
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir

class CommandSpec extends Specification {
    static final String ECMP = '../inventories/ecmp.groovy'

    @TempDir
    Path folder

    def toy = new Toy()

    def 'a terminal that is narrower than help can be is no error: #args'() {
        given:
        def narrow = new Toy(width: 40)

        expect:
        narrow.run(*args) == status
        (narrow.out + narrow.err).contains(said)

        where:
        args                         | status || said
        ['--help']                   | 0      || 'Usage: linkctl'
        ['plan', '--help']           | 0      || 'Usage: linkctl plan'
        ['plan', '--no-such-option'] | 1      || '--no-such-option'
    }

    Path inventory(String text) {
        Files.writeString(folder.resolve('net.groovy'), text)
    }

    String twoHosts() {
        inventory('''
            fabric('toy') {
                site('a', lan: '10.1.0.0/24') {
                    host('one', os: LINUX, ssh: 'admin@192.0.2.1')
                    host('two', os: LINUX, ssh: 'admin@192.0.2.2')
                }
            }
            '''.stripIndent()).toString()
    }

    def "the help of #command is whole"() {
        expect:
        toy.run(*command.split(' '), '--help') == 0
        toy.err == ''
        Golden.is("help/${command.replace(' ', '-')}.txt", toy.out)

        where:
        command << ['init', 'import', 'check', 'doctor', 'render', 'plan', 'apply', 'verify', 'run', 'rollback', 'history', 'drain', 'undrain', 'version', 'lab', 'lab up', 'lab status', 'lab ssh', 'lab down', 'demo']
    }

    def "the command itself teaches, asked or not"() {
        expect:
        toy.run(*args) == 0
        Golden.is('help/linkctl.txt', toy.out)

        where:
        args << [['--help'], []]
    }

    def "the version, asked either way"() {
        expect:
        toy.run(word) == 0
        toy.out ==~ /linkctl \S+ \(Java 2\S+\)\n/

        where:
        word << ['version', '--version']
    }

    def "the help has colours on a terminal, unless somebody objects"() {
        given:
        toy.terminals = [Stream.OUT]
        toy.environment = environment

        when:
        toy.run(*args)

        then:
        toy.out.contains('\u001b[') == colored

        where:
        args                           | environment        || colored
        ['--help']                     | [:]                || true
        ['--help']                     | [NO_COLOR: '1']    || false
        ['--help']                     | [NO_COLOR: '']     || true
        ['--help']                     | [TERM: 'dumb']     || false
        ['plan', '--color=never', '-h'] | [:]               || false
        ['plan', '--color=always', '-h'] | [NO_COLOR: '1']  || true
    }

    def "what is misspelt is named, with what was probably meant"() {
        expect:
        toy.run(*args) == 1
        toy.out == ''
        toy.err == said

        where:
        args                          || said
        ['chekc']                     || "linkctl: no command 'chekc'; did you mean 'check'?\nSee `linkctl --help`.\n"
        ['plan', '--limt=a', 'x']     || "linkctl plan: no option '--limt=a'; did you mean '--limit'?\nSee `linkctl plan --help`.\n"
        ['check', 'a', 'b']           || "linkctl check: one argument too many: 'b'\nSee `linkctl check --help`.\n"
        ['plan', '--timeout', '5x']   || "linkctl plan: Invalid value for option '--timeout': '5x' is not a duration; write 30, 30s, 5m or 2h\nSee `linkctl plan --help`.\n"
    }

    def "an unknown word is an error whatever stands beside it: #args"() {
        expect:
        toy.run(*args) == 1
        toy.out == ''
        toy.err.startsWith(said)

        where:
        args                               || said
        ['nosuch', '--help']               || "linkctl: no command 'nosuch'\n"
        ['--help', 'nosuch']               || "linkctl: no command 'nosuch'\n"
        ['nosuch', '-h']                   || "linkctl: no command 'nosuch'\n"
        ['-h', 'paln']                     || "linkctl: no command 'paln'; did you mean 'plan'?\n"
        ['help', 'nosuch']                 || "linkctl: no command 'nosuch'\n"
        ['help', 'lab', 'nosuch']          || "linkctl lab: no command 'nosuch'\n"
        ['nosuch', '--version']            || "linkctl: no command 'nosuch'\n"
        ['--version', 'nosuch']            || "linkctl: no command 'nosuch'\n"
        ['nosuch', 'plan', '--help']       || "linkctl: no command 'nosuch'\n"
        ['lab', 'nosuch', '--help']        || "linkctl lab: no command 'nosuch'\n"
        ['lab', '-h', 'nosuch']            || "linkctl lab: no command 'nosuch'\n"
        ['plan', '--nosuch', '--help']     || "linkctl plan: no option '--nosuch'"
        ['plan', '--help', '--nosuch']     || "linkctl plan: no option '--nosuch'"
        ['plan', 'a', 'b', '--help']       || "linkctl plan: one argument too many: 'b'\n"
        ['version', 'nosuch', '--help']    || "linkctl version: one argument too many: 'nosuch'\n"
        ['lab', 'down', 'nosuch', '--help'] || "linkctl lab down: one argument too many: 'nosuch'\n"
    }

    def "help is asked for in front as well: #args"() {
        given:
        toy.run(*usual)
        def help = toy.out

        expect:
        toy.run(*args) == 0
        toy.out == help

        where:
        args                  | usual
        ['help']              | ['--help']
        ['help', 'plan']      | ['plan', '--help']
        ['help', 'lab', 'up'] | ['lab', 'up', '--help']
    }

    def "#command without an inventory teaches"() {
        expect:
        toy.run(command) == 1
        toy.out == ''
        toy.err.startsWith("linkctl $command: which inventory?\n\n    linkctl $command network.groovy${command == 'render' ? ' -o out' : ''}\n")

        where:
        command << ['check', 'doctor', 'render', 'plan', 'apply', 'verify']
    }

    def "check says what is declared"() {
        expect:
        toy.run('check', ECMP) == 0
        Golden.is('check-ecmp.txt', toy.out)
        Golden.is('check-ecmp-warnings.txt', toy.err)
    }

    def "check says everything that is wrong, with the line and a caret"() {
        given:
        def file = inventory('''
            fabric('bad') {
                site('a', lan: '10.2.3.0/33') {
                    host('x', os: LINUX, ssh: 'admin@192.0.2.10', gatway: 'y')
                }
            }
            '''.stripIndent())

        expect:
        toy.run('check', file.toString()) == 1
        toy.out == ''
        toy.err.contains("$file:3")
        toy.err.contains('^')
        toy.err.readLines().last() ==~ /\d+ errors?(, \d+ warnings?)?/
    }

    def "a file that is not there is an error, not a stack trace"() {
        expect:
        toy.run('check', 'nowhere.groovy') == 1
        toy.err == 'nowhere.groovy: error: no such file\n\n1 error\n'
    }

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

    def "render writes the same bytes every time, and only into its own folder"() {
        given:
        def out = folder.resolve('out')
        def foreign = Files.createDirectory(folder.resolve('foreign'))
        Files.writeString(foreign.resolve('precious'), 'x')
        def file = twoHosts()

        expect:
        toy.run('render', file, '-o', out.toString()) == 0
        toy.out == "2 hosts, 4 files in $out\n"
        Files.readString(out.resolve('one/commands.txt')) ==
                '# toy.file[toy]\ninstall -D -m 0644 files/etc/toy.conf /etc/toy.conf\n'
        Files.readString(out.resolve('one/files/etc/toy.conf')) == 'host = one\n'

        and: 'what is no more declared goes'
        toy.run('render', file, '-o', out.toString(), '--limit', 'two') == 0
        !Files.exists(out.resolve('one'))
        Files.exists(out.resolve('two/commands.txt'))

        and:
        toy.run('render', file, '-o', foreign.toString()) == 1
        toy.err.contains('holds what linkctl did not write')
        toy.run('render', file, '-o', foreign.toString(), '--overwrite') == 0
        Files.readString(foreign.resolve('precious')) == 'x'
        toy.run('render', file) == 1
        toy.err == 'linkctl render: which folder shall it write to? Say -o DIR\n'
    }

    def "render of #name with all modules: every file a command puts in place is there, twice the same"() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def inventory = "../inventories/${name}.groovy".toString()
        def tree = { Path root ->
            Files.walk(root).withCloseable { all ->
                all.filter { Files.isRegularFile(it) }
                        .toList()
                        .collectEntries { [(root.relativize(it).toString()): Files.readString(it)] }
            }
        }
        def render = { Path root ->
            def err = new StringWriter()
            def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()),
                    new PrintWriter(err), [] as Set, 80, [:])
            assert new Cli(terminal, parts).run('render', inventory, '-o', root.toString()) == 0, err.toString()
            tree(root)
        }

        when:
        Map files = render(folder.resolve('1'))

        then:
        files == render(folder.resolve('2'))
        files.keySet().containsAll(['a-gw/commands.txt', 'b-gw/commands.txt'])
        files.findAll { it.key.endsWith('commands.txt') }.every { path, text ->
            text.readLines().findAll { it.startsWith('install') }.every {
                files.containsKey(path - 'commands.txt' + it.split(' ')[4])
            }
        }
        files['a-gw/files/etc/wireguard/' + tunnel + '.conf'].contains('(known after apply)')

        where:
        name           | tunnel
        'ecmp'         | 'wg0'
        'ecmp-planned' | 'ab0'
        'lab'          | 'ab0'
        'ecmp-mixed'   | 'wg0'
    }

    def "render of freebsd-lb: both hosts have their firewall, the vip without its password, and the preferred one is master"() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def err = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()),
                new PrintWriter(err), [] as Set, 80, [:])
        def text = { String path -> Files.readString(folder.resolve('out').resolve(path)) }

        when:
        int status = new Cli(terminal, parts).run('render', '../inventories/freebsd-lb.groovy', '-o', folder.resolve('out').toString())

        then:
        status == 0
        text('lb1/files/etc/pf.conf') == Files.readString(Path.of('../modules/src/test/resources/pf/freebsd-lb.conf'))
        text('lb2/files/etc/pf.conf') == text('lb1/files/etc/pf.conf')
        text('lb1/files/etc/rc.conf.d/netif/linkctl-carp').contains('vhid 10 advbase 1 advskew 0 pass $linkctl_password')
        text('lb2/files/etc/rc.conf.d/netif/linkctl-carp').contains('vhid 10 advbase 1 advskew 100 pass $linkctl_password')
        text('lb1/files/etc/rc.conf.d/pfsync').contains('pfsync_syncpeer="172.31.255.2"')
        text('lb2/files/etc/rc.conf.d/pfsync').contains('pfsync_syncpeer="172.31.255.1"')
    }

    def 'check and render of firezone need neither the token nor the program, and the gateways differ by name and id alone'() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def out = new StringWriter()
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(out, true),
                new PrintWriter(new StringWriter()), [] as Set, 80, [:])
        def files = { String host ->
            def root = folder.resolve("out/$host/files")
            Files.walk(root).filter(Files::isRegularFile).toList().collectEntries { [root.relativize(it).toString(), Files.readString(it)] }
        }

        when:
        int checked = new Cli(terminal, parts).run('check', '../inventories/firezone.groovy')
        int rendered = new Cli(terminal, parts).run('render', '../inventories/firezone.groovy', '-o', folder.resolve('out').toString())
        def gw1 = files('gw1')
        def gw2 = files('gw2')

        then:
        [checked, rendered] == [0, 0]
        gw1.keySet().containsAll(['etc/linkctl/firezone/env', 'etc/linkctl/nftables/firezone.nft', 'etc/systemd/system/linkctl-firezone.service', 'usr/local/lib/linkctl/firezone-gateway'])
        gw1.keySet() == gw2.keySet()
        gw1.findAll { it.value != gw2[it.key] }.keySet() == ['etc/linkctl/firezone/env'] as Set
        (gw1['etc/linkctl/firezone/env'].readLines() - gw2['etc/linkctl/firezone/env'].readLines()).collect { it.takeBefore('=') } == ['FIREZONE_ID', 'FIREZONE_NAME']
        gw1['etc/linkctl/firezone/token'] == '(hidden)\n'
        !gw1.any { it.value.contains('FIREZONE_TOKEN=') }
        gw1['etc/systemd/system/linkctl-firezone.service'].contains('LoadCredential=FIREZONE_TOKEN:/etc/linkctl/firezone/token\n')
    }

    def "render of #inventory: both routers publish, and no key is in any file"() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()), [] as Set, 80, [:])
        def text = { String path -> Files.readString(folder.resolve('out').resolve(path)) }

        when:
        int status = new Cli(terminal, parts).run('render', "../inventories/${inventory}.groovy", '-o', folder.resolve('out').toString())

        then:
        status == 0
        rules == null || text(rules) == Files.readString(Path.of('../modules/src/test/resources/pf/ha-web-freebsd.conf'))
        text("fw2/files/$same") == text("fw1/files/$same")
        text('fw1/files/etc/wireguard/wg0.conf') == text('fw2/files/etc/wireguard/wg0.conf')
        text('fw1/files/etc/wireguard/wg0.conf').contains('AllowedIPs = 10.0.0.3/32, fc00::3/128')
        text('web-ch/files/etc/wireguard/wg0.conf').contains('AllowedIPs = 10.0.0.0/24, fc00::/64\n# Endpoint by name: fw.example:1337\nPersistentKeepalive = 25\n')
        text('fw1/files/usr/local/lib/linkctl/watch-published').contains(watched)
        !Files.walk(folder.resolve('out')).filter(Files::isRegularFile).anyMatch { Files.readString(it).contains('PrivateKey') }

        where:
        inventory        | rules                    | same                            | watched
        'ha-web-freebsd' | 'fw1/files/etc/pf.conf'  | 'etc/pf.conf'                   | 'linkctl_web_inet6 first 80@fc00::2 80@fc00::3\n'
        'ha-web'         | null                     | 'etc/linkctl/nftables/publish.nft' | 'of_web_6 1 first 80@fc00::2 80@fc00::3\n'
    }

    def "render of #inventory: #host announces its LAN over its tunnels, and takes the far one's alone"() {
        given:
        def parts = new Installation(new Planner(Modules.all()), { s, e -> throw new AssertionError('nobody is contacted') })
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()), [] as Set, 80, [:])

        when:
        int status = new Cli(terminal, parts).run('render', "../inventories/${inventory}.groovy", '-o', folder.resolve('out').toString())
        def lines = Files.readAllLines(folder.resolve('out').resolve(host).resolve('files/etc/frr/frr.conf'))*.strip()

        then:
        status == 0
        lines.findAll { it =~ /^(?:ip|ipv6) prefix-list / } == ["ip prefix-list LINKCTL-OUT permit $near", "ip prefix-list LINKCTL-IN-$site permit $far"]
        lines.findAll { it =~ /^(?:router bgp|network|neighbor \S+ remote-as) / } == ["router bgp $as"] + peers.collect { "neighbor $it remote-as $theirs" } + ["network $near"]
        lines.findAll { it =~ /^neighbor \S+ (?:bfd$|route-map)/ } == peers.collect { "neighbor $it bfd" } +
            peers.collectMany { ["neighbor $it route-map LINKCTL-IN-$site in", "neighbor $it route-map LINKCTL-OUT out"] }

        where:
        inventory | host   | as    | near          | peers                          | theirs | site  | far
        'vpn-bgp' | 'vpn2' | 65001 | '10.1.0.0/16' | ['10.255.2.2']                 | 65002  | 'dc2' | '10.9.0.0/24'
        'vpn-bgp' | 'far4' | 65002 | '10.9.0.0/24' | ['10.255.4.1']                 | 65001  | 'dc1' | '10.1.0.0/16'
        'prod'    | 'vpn2' | 65001 | '10.1.0.0/16' | ['10.254.21.2', '10.254.22.2'] | 65002  | 'dc2' | '10.9.0.0/24'
    }
}
