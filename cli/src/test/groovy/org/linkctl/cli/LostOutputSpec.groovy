package org.linkctl.cli

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit
import org.linkctl.cli.io.Terminal.Stream
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** Output that cannot be written is an error: a reader must not take half of it for the whole. */
class LostOutputSpec extends Specification {
    static final String FULL = 'No space left on device'

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

    /** A stream as of a disk that is full, or a pipe that nobody reads. */
    private static OutputStream broken(String why) {
        new OutputStream() {
            @Override
            void write(int b) { throw new IOException(why) }
        }
    }

    private int run(String command) {
        toy.run(*(command.split(' ').collect { it == 'FILE' ? file : it == 'DIR' ? folder.resolve('out').toString() : it }))
    }

    def "#command onto a full disk ends with 1 and says so"() {
        given:
        toy.sinks[Stream.OUT] = broken(FULL)

        expect:
        run(command) == 1
        toy.err.readLines().last() == "linkctl: the output cannot be written: $FULL"

        and: 'nothing was changed that nobody has seen'
        toy.steps == []

        where:
        command << ['version', '--version', '--help', 'plan --help', 'help plan', 'lab', 'check FILE', 'render FILE -o DIR', 'plan FILE',
                    'plan FILE --diff', 'plan FILE --json', 'plan FILE --detailed-exitcode', 'apply FILE --yes', 'apply FILE --dry-run --json',
                    'verify FILE', 'verify FILE --json', 'history FILE', 'rollback FILE --yes', 'forget one FILE --yes']
    }

    def "apply --json tells at the end, when the hosts are changed"() {
        given:
        toy.sinks[Stream.OUT] = broken(FULL)

        expect:
        run('apply FILE --yes --json') == 1
        toy.steps.size() == 2
    }

    def "a worse status stays: #command"() {
        given:
        toy.sinks[Stream.OUT] = broken(FULL)
        toy.unreachable = ['one']

        expect:
        run(command) == status

        where:
        command                   || status
        'apply FILE --yes --json' || 3
        'check nosuch.groovy'     || 1
    }

    def "a reader that has gone is told of as the shell tells of SIGPIPE, and in no words"() {
        given:
        toy.sinks[Stream.OUT] = broken('Broken pipe')

        expect:
        run('plan FILE') == 141
        run('apply FILE --yes') == 141
        toy.steps == []
        !toy.err.contains('cannot be written')
    }

    def "the error stream counts as well"() {
        given:
        toy.sinks[Stream.ERR] = broken(FULL)

        expect:
        run('apply FILE --yes') == 1
        toy.steps.size() == 2
    }

    @Requires({ new File('/dev/full').exists() })
    def "as a program, onto the real thing: #command"() {
        given:
        def java = Path.of(System.getProperty('java.home'), 'bin', 'java').toString()
        def words = [java, '-cp', System.getProperty('java.class.path'), 'org.linkctl.cli.Main', *command.split(' ')]

        when:
        def process = new ProcessBuilder(words).redirectOutput(new File('/dev/full')).start()
        assert process.waitFor(120, TimeUnit.SECONDS)

        then:
        process.exitValue() == 1
        process.errorStream.text.endsWith("linkctl: the output cannot be written: $FULL\n")

        where:
        command << ['check ../inventories/ecmp.groovy', '--help']
    }

    @Requires({ new File('/dev/full').exists() })
    def "a log that is not whole is an error, and the run goes on: #command"() {
        expect:
        run(command) == 1
        toy.steps.size() == steps
        toy.err.contains("linkctl: the log '/dev/full' is not whole: $FULL\n")

        where:
        command                                || steps
        'plan FILE --log-file /dev/full'       || 0
        'apply FILE --yes --log-file /dev/full' || 2
    }

    def "a plan is readable by its owner alone, whatever was there: #before"() {
        given:
        def plan = folder.resolve('plan.json')
        def real = folder.resolve('real.json')
        if (before == 'readable by all') Files.writeString(plan, 'old').toFile().setReadable(true, false)
        if (before == 'a link') Files.createSymbolicLink(plan, Files.writeString(real, 'old'))

        expect:
        run("plan FILE -o $plan") == 0
        PosixFilePermissions.toString(Files.getPosixFilePermissions(plan)) == 'rw-------'
        Files.isSymbolicLink(plan) == (before == 'a link')
        Files.readString(plan).contains('"origin"')
        Files.list(folder).withCloseable { it.noneMatch { it.toString().endsWith('.new') } }

        where:
        before << ['nothing', 'readable by all', 'a link']
    }

    def "a plan or a folder that cannot be written is an error: #command"() {
        expect:
        run(command) == 1
        toy.err.endsWith(said + '\n')
        toy.steps == []

        where:
        command                                || said
        'plan FILE -o /dev/null/x/plan.json'   || "-o: '/dev/null/x/plan.json' cannot be written: Not a directory"
        'plan FILE -o /proc/nosuch/plan.json'  || "-o: '/proc/nosuch/plan.json' cannot be written: no such file or folder"
        'render FILE -o /dev/null/x'           || "-o: '/dev/null/x' cannot be written: Not a directory"
    }
}
