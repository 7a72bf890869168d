package org.linkctl.cli

import java.lang.reflect.Modifier
import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.cli.io.Terminal.Stream
import org.linkctl.cli.context.ExitStatus
import spock.lang.Specification
import spock.lang.TempDir

/** Exit statuses. */
class StatusSpec extends Specification {
    @TempDir
    Path folder
    String file

    def toy = new Toy()

    def setup() {
        file = Files.writeString(folder.resolve('net.groovy'), '''
            fabric('toy') {
                site('a', lan: '10.1.0.0/24') {
                    host('one', os: LINUX, ssh: 'admin@192.0.2.1')
                    host('two', os: LINUX, ssh: 'admin@192.0.2.2')
                }
            }
            '''.stripIndent()).toString()
    }

    def "#command where #what: #status"() {
        given:
        if (what == 'unreachable') toy.unreachable = ['one']
        if (command.startsWith('verify')) toy.hosts.two[ToyModule.FILE] = 'x'
        if (what == 'locked') toy.holders.two = 'eve since noon'
        if (what == 'refused') toy.hosts.one[ToyModule.FILE] = ToyModule.FOREIGN
        if (what == 'a step fails') toy.failing = ['one']
                if (what == 'traffic is cut') toy.hosts.one[ToyModule.FILE] = ToyModule.BUSY
        if (what == 'no') toy.with { terminals = [Stream.IN, Stream.OUT, Stream.ERR]; environment = [NO_COLOR: '1']; input = 'n\n' }

        expect:
        toy.run(*(command.split(' ').collect { it == 'FILE' ? file : it })) == status

        where:
        command                         | what               || status
        'plan FILE'                     | 'all is well'      || 0
        'plan FILE --detailed-exitcode' | 'all is well'      || 2
        'plan nosuch.groovy'            | 'it is not there'  || 1
        'plan FILE'                     | 'unreachable'      || 3
        'plan FILE --detailed-exitcode' | 'unreachable'      || 3
        'plan FILE'                     | 'refused'          || 4
        'apply FILE --yes'              | 'all is well'      || 0
        'apply FILE --yes'              | 'unreachable'      || 3
        'apply FILE --yes --json'       | 'unreachable'      || 3
        'apply FILE --yes'              | 'refused'          || 4
        'apply FILE --yes'              | 'traffic is cut'   || 4
        'apply FILE --yes'              | 'a step fails'     || 5
        'apply FILE --yes --json'       | 'a step fails'     || 5
        'apply FILE'                    | 'no'               || 6
        'apply FILE'                    | 'nobody can be asked' || 1
        'apply FILE --yes'              | 'locked'           || 7
        'verify FILE'                   | 'unreachable'      || 3
        'verify FILE'                   | 'something is bad' || 5
        'verify FILE --json'            | 'something is bad' || 5
        'history FILE'                  | 'unreachable'      || 3
        'rollback FILE --yes'           | 'unreachable'      || 3
    }

    def "each is told in docs/commands.md and by --help"() {
        given:
        def numbers = ExitStatus.fields.findAll { Modifier.isStatic(it.modifiers) }*.get(null) as Set
        def documented = Files.readAllLines(Path.of('../docs/commands.md')).findResults { (it =~ /^\| (\d+) \|/).findAll().collect { it[1] as int }[0] } as Set
        toy.run('--help')
        def helped = toy.out.readLines().findResults { (it =~ /^  (\d+)  +\S/).findAll().collect { it[1] as int }[0] } as Set

        expect:
        numbers.size() == 9
        documented.containsAll(numbers)
        helped.containsAll(numbers - ExitStatus.PIPE)
    }
}
