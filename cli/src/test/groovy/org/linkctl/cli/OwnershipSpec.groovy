package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.io.Terminal.Stream
import spock.lang.Specification
import spock.lang.TempDir

/** Resources that are no longer declared, and `linkctl forget`: messages and effects. */
class OwnershipSpec extends Specification {
    static final String MANIFEST = '/var/lib/linkctl/owned/toy'

    @TempDir
    Path folder

    def toy = new Toy(modules: [new OwnedModule('toy.file', false), new OwnedModule('toy.key', true)])

    /** An inventory whose host declares these parameters. */
    String declaring(Map<String, List<String>> hosts) {
        def text = hosts.collect { name, keys ->
            "host('$name', os: LINUX, ssh: 'admin@192.0.2.${name.size()}') { ${keys.collect { "sysctl('$it', '1')" }.join('; ')} }"
        }.join('\n        ')
        Files.writeString(folder.resolve('net.groovy'), "fabric('toy') {\n    site('a', lan: '10.1.0.0/24') {\n        $text\n    }\n}\n").toString()
    }

    def applied(Map<String, List<String>> hosts) {
        def file = declaring(hosts)
        assert toy.run('apply', file, '--yes') == 0
        toy.steps.clear()
        file
    }

    def "the plan says what is taken over, apply claims it, and the second one has nothing to do"() {
        given:
        toy.hosts['one']['/etc/toy.file/net.a'] = 'by hand\n'
        def file = declaring(one: ['net.a'])

        expect:
        toy.run('plan', file) == 0
        Golden.is('owned/adopt.txt', toy.out)
        toy.run('plan', file, '--json') == 0
        toy.out.contains('"/etc/toy.file/net.a, which linkctl did not make"')
        toy.run('apply', file, '--yes') == 0
        toy.steps[0] == "one: $MANIFEST"
        toy.run('apply', file, '--yes') == 0
        toy.out == 'Converged: one\n\nNothing to do: 1 host converged\n'
    }

    def "what is no longer declared is planned as a removal; keys stay"() {
        given:
        applied(one: ['net.a', 'net.b'])
        def file = declaring(one: ['net.b'])

        expect:
        toy.run('plan', file) == 0
        Golden.is('owned/removal.txt', toy.out)
        toy.run('apply', file, '--yes') == 4
        toy.err.contains('Say --allow-cut')
        toy.run('apply', file, '--yes', '--allow-cut') == 0
        toy.steps == ['one: - /etc/toy.file/net.a', "one: $MANIFEST"]
        toy.run('plan', file, '--detailed-exitcode') == 0

        and: 'until it is said that they shall go'
        toy.run('plan', file, '--detailed-exitcode', '--purge-keys') == 2
        toy.run('apply', file, '--yes', '--purge-keys', '--allow-cut') == 0
        toy.hosts['one'].keySet() == ['/etc/toy.file/net.b', '/etc/toy.key/net.b', MANIFEST] as Set
    }

    def "a plan that was written down is carried out exactly, removals and keys too"() {
        given:
        applied(one: ['net.a', 'net.b'])
        def file = declaring(one: ['net.b'])
        def plan = folder.resolve('plan.json').toString()

        expect: 'what it was made with counts'
        toy.run('plan', file, '-o', plan) == 0
        toy.run('apply', plan, '--yes', '--purge-keys') == 1
        toy.err.contains('--purge-keys was not given when the plan was made')
        toy.run('plan', file, '-o', plan, '--purge-keys') == 0

        when: 'the host has moved'
        toy.hosts['one']['/etc/toy.file/net.a'] = 'mine'

        then:
        toy.run('apply', plan, '--yes') == 4
        toy.err.contains('have moved: one')

        when:
        toy.hosts['one']['/etc/toy.file/net.a'] = 'ours\n'

        then:
        toy.run('apply', plan, '--yes', '--allow-cut') == 0
        toy.hosts['one'].keySet() == ['/etc/toy.file/net.b', '/etc/toy.key/net.b', MANIFEST] as Set
    }

    def "forget leaves everything and owns nothing"() {
        given:
        def file = applied(one: ['net.a'], three: ['net.a'])
        toy.terminals = [Stream.IN, Stream.OUT, Stream.ERR]
        toy.environment = [NO_COLOR: '1']
        toy.input = answer

        expect:
        toy.run('forget', 'one', file) == status
        Golden.is('owned/forget.txt', toy.out.split('\n\none ')[0].stripTrailing() + '\n')
        toy.err.contains('Forget what linkctl owns on one? It stays there as it is. [y/N] ')
        toy.err.contains("$file still declares one: the next apply takes it over again.") == (status == 0)
        toy.hosts['one'].containsKey('/etc/toy.file/net.a')
        toy.hosts['one'][MANIFEST].contains('toy.file[net.a]') == (status != 0)
        toy.hosts['three'][MANIFEST].contains('toy.file[net.a]')

        where:
        answer || status
        'n\n'  || 6
        'y\n'  || 0
    }

    def "forget --destroy takes away what is linkctl's, on a host that is no longer declared as well"() {
        given:
        applied(one: ['net.a'], three: ['net.a'])
        toy.hosts['one']['/etc/foreign'] = 'not ours'
        def file = declaring(three: ['net.a'])
        toy.addresses.clear()

        expect:
        toy.run('forget', 'one', file, '--destroy') == 1
        toy.err == """\
            no host named 'one' in $file
              For a host that is no longer declared, say where it answers: --ssh USER@ADDRESS
            """.stripIndent()

        and:
        toy.run('forget', 'one', file, '--ssh', 'root@198.51.100.7', '--destroy', '--yes', '--purge-keys') == 0
        Golden.is('owned/destroy.txt', toy.out)
        !toy.err.contains('still declares')
        toy.addresses == ['root@198.51.100.7'] as Set
        toy.steps == ['one: - /etc/toy.key/net.a', 'one: - /etc/toy.file/net.a', "one: - $MANIFEST"]*.toString()
        toy.hosts['one'] == ['/etc/foreign': 'not ours']

        and:
        toy.run('forget', 'one', file, '--ssh', 'root@198.51.100.7', '--destroy', '--yes') == 0
        toy.out == "one: linkctl owns nothing there for 'toy' that could go.\n"
    }

    def "what forget cannot do is said: #args"() {
        given:
        def file = declaring(one: ['net.a'])

        expect:
        toy.run('forget', *args, file) == 1
        toy.err.contains(said)
        toy.steps == []

        where:
        args                           || said
        ['on']                         || "no host named 'on' in "
        ['on']                         || "; did you mean 'one'?"
        ['one', '--purge-keys']        || '--purge-keys: without --destroy nothing is removed'
        ['one', '--ssh', '-oProxy=x']  || "--ssh: '-oProxy=x' is not [USER@]HOST[:PORT]"
    }

    def "the help of forget is whole"() {
        expect:
        toy.run('forget', '--help') == 0
        Golden.is('help/forget.txt', toy.out)
    }
}
