package org.linkctl.modules.freebsd.watch

import org.linkctl.modules.freebsd.pfrules.PfPool
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit
import org.linkctl.net.Ip
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What a real sh makes of the watcher. Each next hop has a letter for every round, y or n; when they are used up, the
 * watcher is ended. The pfctl of this test keeps each table in a file, and writes down what it was told.
 */
class WatchSpec extends Specification {
    static final String PFCTL = '''
        case $1$2 in
            -q-t) table=$3 verb=$5; shift 5 ;;
            *) echo "$*" >>"$FOLDER/log"; exit ;;
        esac
        case $verb in
            show) for address in $(cat "$FOLDER/tables/$table"); do echo "   $address"; done ;;
            replace)
                [ "$*" = '-f -' ] || exit 1
                all=$(cat)
                echo $all >"$FOLDER/tables/$table"
                echo "$table:" $all >>"$FOLDER/log" ;;
            flush) : >"$FOLDER/tables/$table"; echo "$table:" >>"$FOLDER/log" ;;
        esac
        '''.stripIndent()

    @TempDir
    Path folder

    int stack = 8192

    static PfPool pool(int number, List<String> hops, boolean sticky = false) {
        def tables = hops.unique(false)
        new PfPool('igb1', hops.collect { new PfPool.Hop('igb1', Ip.of(it), "linkctl_hop${number}_${tables.indexOf(it) + 1}") },
            sticky, hops.first().contains(':'), 'any', '10.9.0.0/24', [], false, "linkctl_resume$number", ['10.1.0.0/16', '10.2.0.0/16'])
    }

    def setup() {
        Files.createDirectory(folder.resolve('tables'))
        program('logger', 'shift 2; echo "$*" >>"$FOLDER/log"')
        program('sleep', ':')
        program('ping', '''
            for hop; do :; done
            echo "$*" >>"$FOLDER/asked"
            n=$(($(cat "$FOLDER/n.$hop") + 1))
            echo $n >"$FOLDER/n.$hop"
            answer=$(cut -c $n "$FOLDER/plan.$hop")
            [ -n "$answer" ] || kill $PPID
            [ "$answer" = y ]
            '''.stripIndent())
        program('pfctl', PFCTL)
    }

    Path write(String name, String text) {
        Path file = folder.resolve(name)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    void program(String name, String body) {
        write(name, "#!/bin/sh\nFOLDER=$folder\n$body\n".toString())
    }

    /** @param tables what they hold before; null: what pf.conf has for them */
    void run(List<PfPool> pools, Map<String, String> plans, String verb = 'run', Map<String, String> tables = null) {
        PfPool.definitions(pools).each {
            def (name, address) = (it =~ /<(.*)> persist(?: \{ (.*) })?/)[0][1, 2]
            Files.writeString(folder.resolve("tables/$name"), tables == null ? address ?: '' : tables[name] ?: '')
        }
        plans.each { hop, plan ->
            Files.writeString(folder.resolve("plan.$hop"), plan + '\n')
            Files.writeString(folder.resolve("n.$hop"), '0\n')
        }
        Path script = write('watch', WatchScript.script(pools, []).replace('PATH=/sbin:', "PATH=$folder:/sbin:".toString())
            .replace('/var/run/linkctl', folder.toString()))
        def process = new ProcessBuilder('/bin/sh', '-c', 'ulimit -s $3; exec /bin/sh "$1" "$2"', 'sh', script.toString(), verb, stack.toString()).redirectErrorStream(true)
            .redirectOutput(folder.resolve('said').toFile()).start()
        assert process.waitFor(30, TimeUnit.SECONDS)
    }

    String read(String name) {
        Files.readString(folder.resolve(name))
    }

    List<String> dead() {
        folder.resolve('dead').toFile().list().sort()
    }

    /** What each table holds that is not empty. */
    Map<String, String> tables() {
        folder.resolve('tables').toFile().listFiles().sort().collectEntries { [it.name, it.text.strip()] }.findAll { it.value }
    }

    def "more sources than a command's arguments hold: execve(2), 512 KiB on FreeBSD, are set all the same"() {
        given:
        def sources = (0..<40_000).collect { "10.${it >> 8}.${it & 255}.0/24".toString() }
        def narrow = pool(1, ['10.1.0.2', '10.1.0.3'])
        def wide = new PfPool('igb1', narrow.hops(), false, false, 'any', '10.9.0.0/24', [], false, narrow.resume(), sources)
        Files.createDirectory(folder.resolve('dead'))
        Files.createFile(folder.resolve('dead/10.1.0.2'))
        stack = 2048 // KiB; a quarter of it is what Linux lets arguments have

        when:
        run([wide], [:], 'load')

        then:
        tables().linkctl_resume1.split(' ').toList() == sources
        !folder.resolve('log').toFile().text.contains('pf does not take')
    }

    def 'one that misses is asked again at once; then its table is empty, its connections are free, and the rest is as it was'() {
        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3', '10.1.0.3', '10.1.0.4'])],
            ['10.1.0.2': 'ynynn', '10.1.0.3': 'yyyyy', '10.1.0.4': 'yyyyy'])

        then:
        read('log') == """\
            watches 10.1.0.2 10.1.0.3 10.1.0.4
            linkctl_resume1: 10.1.0.0/16 10.2.0.0/16
            linkctl_hop1_1:
            -q -k gateway -k 10.1.0.2
            10.1.0.2 does not answer: out of the round robin
            """.stripIndent()
        tables() == [linkctl_hop1_2: '10.1.0.3', linkctl_hop1_3: '10.1.0.4', linkctl_resume1: '10.1.0.0/16 10.2.0.0/16']
        read('balance.loaded') == 'linkctl_hop1_1\nlinkctl_hop1_2 10.1.0.3\nlinkctl_hop1_3 10.1.0.4\nlinkctl_resume1 10.1.0.0/16 10.2.0.0/16\n'
        dead() == ['10.1.0.2']
        read('asked').readLines().findAll { it.endsWith(' 10.1.0.2') }.take(5)*.contains('-o -c 3') == [false, false, true, false, true]
    }

    def 'three answers in a row put it back'() {
        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3'])], ['10.1.0.2': 'nnyynyyy', '10.1.0.3': 'yyyyyyyy'])

        then:
        read('log').endsWith('out of the round robin\nlinkctl_resume1:\nlinkctl_hop1_1: 10.1.0.2\n10.1.0.2 answers: back in the round robin\n')
        tables() == [linkctl_hop1_1: '10.1.0.2', linkctl_hop1_2: '10.1.0.3']
        dead() == []
    }

    def 'where none answers all of them stay in, and connections are left alone'() {
        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3'])], ['10.1.0.2': 'nn', '10.1.0.3': 'nn'])

        then:
        !read('log').contains('-k')
        tables() == [linkctl_hop1_1: '10.1.0.2', linkctl_hop1_2: '10.1.0.3']
        dead() == ['10.1.0.2', '10.1.0.3']
    }

    def 'the last one but one that dies takes nothing back that is dead'() {
        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3', '10.1.0.4'])], ['10.1.0.2': 'nnnn', '10.1.0.3': 'yynn', '10.1.0.4': 'yyyy'])

        then:
        tables() == [linkctl_hop1_3: '10.1.0.4', linkctl_resume1: '10.1.0.0/16 10.2.0.0/16']
    }

    def 'each pool counts by itself; whom a sticky one has sent to a dead next hop pf forgets before it takes new ones'() {
        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3']), pool(2, ['10.1.0.2', '10.1.0.4'], true), pool(3, ['fd00::2', 'fd00::3'], true)],
            ['10.1.0.2': 'nn', '10.1.0.3': 'nn', '10.1.0.4': 'yy', 'fd00::2': 'yy', 'fd00::3': 'yy'])

        then:
        tables() == [linkctl_hop1_1: '10.1.0.2', linkctl_hop1_2: '10.1.0.3', linkctl_hop2_2: '10.1.0.4',
                     linkctl_hop3_1: 'fd00::2', linkctl_hop3_2: 'fd00::3', linkctl_resume2: '10.1.0.0/16 10.2.0.0/16']
        read('log').contains('linkctl_hop2_1:\n-q -K 0.0.0.0/0\n-q -K ::/0\n-q -k gateway -k 10.1.0.2\n')
        !read('log').contains('-k 10.1.0.3')
    }

    def 'tables that somebody else changed, or that rules were loaded for again, are set again'() {
        given:
        program('logger', 'shift 2; echo "$*" >>"$FOLDER/log"; echo 192.0.2.9 >"$FOLDER/tables/linkctl_hop1_1"')

        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3'])], ['10.1.0.2': 'yyyyy', '10.1.0.3': 'yyyyy'])

        then:
        read('log') == 'watches 10.1.0.2 10.1.0.3\nthe tables were other ones: set again\nlinkctl_hop1_1: 10.1.0.2\n'
    }

    def 'a mark from before this start is believed, and those that were sent there since are free'() {
        given:
        Files.createDirectories(folder.resolve('dead'))
        Files.writeString(folder.resolve('dead/10.1.0.2'), '')
        program('logger', 'shift 2; echo "$*" >>"$FOLDER/log"; echo 10.1.0.2 >"$FOLDER/tables/linkctl_hop1_1"')

        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3'])], ['10.1.0.2': 'nnnnn', '10.1.0.3': 'yyyyy'])

        then:
        read('log').endsWith('the tables were other ones: set again\nlinkctl_hop1_1:\n-q -k gateway -k 10.1.0.2\n')
        tables() == [linkctl_hop1_2: '10.1.0.3', linkctl_resume1: '10.1.0.0/16 10.2.0.0/16']
    }

    def 'what pf does not take is said, once for each time'() {
        given:
        program('pfctl', 'exit 1')

        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3'])], [:], 'load')

        then:
        read('log') == 'pf does not take what its tables shall hold\n'
    }

    def '#hops next hops are asked every #pause s: no more than 64 processes in a second'() {
        expect:
        WatchScript.script([pool(1, (1..hops).collect { "10.1.${it >> 8}.${it & 255}".toString() })], []).contains("sleep $pause &")

        where:
        hops || pause
        2    || '0.5'
        32   || '0.5'
        33   || '1'
        64   || '1'
        65   || '2'
        300  || '5'
    }

    def 'clear puts every next hop back into its table and removes marks and note'() {
        given:
        Files.createDirectories(folder.resolve('dead'))
        Files.writeString(folder.resolve('dead/10.1.0.2'), '')

        when:
        run([pool(1, ['10.1.0.2', '10.1.0.3'])], [:], 'clear', [linkctl_hop1_2: '10.1.0.3', linkctl_resume1: '10.1.0.0/16 10.2.0.0/16'])

        then:
        tables() == [linkctl_hop1_1: '10.1.0.2', linkctl_hop1_2: '10.1.0.3']
        dead() == []
        !Files.exists(folder.resolve('balance.loaded'))
    }

    def 'with one next hop there is nothing to set'() {
        given:
        def single = new PfPool('igb1', [new PfPool.Hop('igb1', Ip.of('10.1.0.2'), null)], false, false, 'any', '10.9.0.0/24', [], false, null, [])

        when:
        run([single], ['10.1.0.2': 'nnn'])

        then:
        tables() == [:]
        read('log') == 'watches 10.1.0.2\n10.1.0.2 does not answer, nor does one that could stand in for it: stays in the round robin\n'
    }

    def 'the script of rc is sh'() {
        expect:
        ['sh', '-n', write('rc', WatchScript.rc()).toString()].execute().waitFor() == 0
    }
}
