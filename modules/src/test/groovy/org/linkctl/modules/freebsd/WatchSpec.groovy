package org.linkctl.modules.freebsd

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit
import org.linkctl.net.Ip
import spock.lang.Specification
import spock.lang.TempDir

/**
 * What a real sh makes of the watcher. Each next hop has a letter for every round, y or n; when they are used up, the
 * watcher is ended. The pfctl of this test keeps the anchor's rules in a file.
 */
class WatchSpec extends Specification {
    static final String BEFORE = 'pass in quick on igb1 route-to'
    static final String V4 = 'from 10.1.0.0/16 to 10.9.0.0/24'

    @TempDir
    Path folder

    static PfPool pool(List<String> hops, Map how = [:]) {
        new PfPool('igb1', hops.collect { new PfPool.Hop('igb1', Ip.of(it)) }, false, false, how.from ?: '10.1.0.0/16', '10.9.0.0/24',
            how.tables ?: [], how.blocks ?: false, how.within ?: false)
    }

    def setup() {
        Files.writeString(folder.resolve('anchor'), '')
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
        program('pfctl', '''
            case $* in
                "-q -o none -a linkctl-balance -f -") cat >"$FOLDER/anchor"; echo load >>"$FOLDER/log" ;;
                "-q -a linkctl-balance -s rules") cat "$FOLDER/anchor" ;;
                "-q -k gateway -k "*) echo "kill $5" >>"$FOLDER/log" ;;
                *) echo "what? $*" >>"$FOLDER/log" ;;
            esac
            '''.stripIndent())
    }

    Path write(String name, String text) {
        Path file = folder.resolve(name)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    void program(String name, String body) {
        write(name, "#!/bin/sh\nFOLDER=$folder\n$body\n".toString())
    }

    void run(List<PfPool> pools, Map<String, String> plans, String verb = 'run') {
        plans.each { hop, plan ->
            Files.writeString(folder.resolve("plan.$hop"), plan + '\n')
            Files.writeString(folder.resolve("n.$hop"), '0\n')
        }
        Path script = write('watch', WatchScript.script(pools, PfPool.ANCHOR).replace('PATH=/sbin:', "PATH=$folder:/sbin:".toString())
            .replace('/var/run/linkctl', folder.toString()))
        def process = new ProcessBuilder('/bin/sh', script.toString(), verb).redirectErrorStream(true)
            .redirectOutput(folder.resolve('said').toFile()).start()
        assert process.waitFor(30, TimeUnit.SECONDS)
    }

    String read(String name) {
        Files.readString(folder.resolve(name))
    }

    List<String> dead() {
        folder.resolve('dead').toFile().list().sort()
    }

    static String without(String hops) {
        "$BEFORE { $hops } round-robin inet $V4 keep state (sloppy)\n" +
            "$BEFORE { $hops } round-robin inet proto tcp $V4 flags any keep state (sloppy)\n"
    }

    def 'one that misses is asked again at once; then it is out, its connections are free, and the rest is as it was'() {
        when:
        run([pool(['10.1.0.2', '10.1.0.3', '10.1.0.3', '10.1.0.4'])],
            ['10.1.0.2': 'ynynn', '10.1.0.3': 'yyyyy', '10.1.0.4': 'yyyyy'])

        then:
        read('log') == 'load\nwatches 10.1.0.2 10.1.0.3 10.1.0.4\nload\nkill 10.1.0.2\n10.1.0.2 does not answer: out of the round robin\n'
        read('anchor') == without('(igb1 10.1.0.3), (igb1 10.1.0.3), (igb1 10.1.0.4)')
        read('balance.loaded') == read('anchor')
        dead() == ['10.1.0.2']
        read('asked').readLines().findAll { it.endsWith(' 10.1.0.2') }.take(5)*.contains('-o -c 3') == [false, false, true, false, true]
    }

    def 'three answers in a row put it back'() {
        when:
        run([pool(['10.1.0.2', '10.1.0.3'])], ['10.1.0.2': 'nnyynyyy', '10.1.0.3': 'yyyyyyyy'])

        then:
        read('log').endsWith('out of the round robin\nload\n10.1.0.2 answers: back in the round robin\n')
        read('anchor') == ''
        dead() == []
    }

    def 'where none answers all of them stay in, and connections are left alone'() {
        when:
        run([pool(['10.1.0.2', '10.1.0.3'])], ['10.1.0.2': 'nn', '10.1.0.3': 'nn'])

        then:
        !read('log').contains('kill')
        read('anchor') == ''
        dead() == ['10.1.0.2', '10.1.0.3']
    }

    def 'each pool counts by itself, and is named in its own words'() {
        given:
        def sticky = new PfPool('em0.7', [new PfPool.Hop('em0', Ip.of('fd00::2')), new PfPool.Hop('em2', Ip.of('fd00:1::2'))],
            true, true, '<linkctl_balance_1>', 'fd00:9::/64', ['table <linkctl_balance_1> const { fd00:a::/48 fd00:b::/48 }'], false, false)

        when:
        run([pool(['10.1.0.2']), sticky], ['10.1.0.2': 'nn', 'fd00::2': 'nn', 'fd00:1::2': 'yy'])

        then:
        read('anchor') == 'table <linkctl_balance_1> const { fd00:a::/48 fd00:b::/48 }\n' +
            'pass in quick on em0.7 route-to { (em2 fd00:1::2) } round-robin sticky-address inet6 from <linkctl_balance_1> to fd00:9::/64 keep state\n' +
            'pass in quick on em0.7 route-to { (em2 fd00:1::2) } round-robin sticky-address inet6 proto tcp from <linkctl_balance_1> to fd00:9::/64 flags any keep state (sloppy)\n'
        read('log').contains('kill fd00::2\n')
        !read('log').contains('kill 10.1.0.2')
    }

    def 'rules that somebody else took away are loaded again, and a mark from before this start is believed'() {
        given:
        Files.createDirectories(folder.resolve('dead'))
        Files.writeString(folder.resolve('dead/10.1.0.2'), '')
        program('pfctl', '''
            case $* in
                *"-f -") cat >"$FOLDER/anchor"; echo load >>"$FOLDER/log" ;;
                *"-s rules") cat "$FOLDER/anchor"; [ "$(cat "$FOLDER/n.10.1.0.3")" != 2 ] || : >"$FOLDER/anchor" ;;
            esac
            '''.stripIndent())
        program('logger', 'shift 2; echo "$*" >>"$FOLDER/log"; : >"$FOLDER/anchor"')

        when:
        run([pool(['10.1.0.2', '10.1.0.3'])], ['10.1.0.2': 'nnnnn', '10.1.0.3': 'yyyyy'])

        then:
        read('log') == 'load\nwatches 10.1.0.2 10.1.0.3\nthe rules were other ones: loaded again\nload\n'
        read('anchor') == without('(igb1 10.1.0.3)')
    }

    def 'what the inventory blocks stays blocked while one is dead'() {
        when:
        run([pool(['10.1.0.2', '10.1.0.3'], [blocks: true])], ['10.1.0.2': 'nn', '10.1.0.3': 'yy'])

        then:
        read('anchor') == "$BEFORE { (igb1 10.1.0.3) } round-robin inet $V4 ! tagged linkctl_blocked keep state (sloppy)\n" +
            "$BEFORE { (igb1 10.1.0.3) } round-robin inet proto tcp $V4 ! tagged linkctl_blocked flags any keep state (sloppy)\n"
    }

    def 'what lies within a pool that has a dead one goes its own way'() {
        when:
        run([pool(['10.1.0.5'], [within: true, from: '10.1.7.0/24']), pool(['10.1.0.2', '10.1.0.3'])],
            ['10.1.0.5': 'yy', '10.1.0.2': 'nn', '10.1.0.3': 'yy'])

        then:
        read('anchor') == "$BEFORE { (igb1 10.1.0.5) } round-robin inet from 10.1.7.0/24 to 10.9.0.0/24 keep state (sloppy)\n" + without('(igb1 10.1.0.3)')
    }

    def '#hops next hops are asked every #pause s: no more than 64 processes in a second'() {
        expect:
        WatchScript.script([pool((1..hops).collect { "10.1.${it >> 8}.${it & 255}".toString() })], PfPool.ANCHOR).contains("sleep $pause &")

        where:
        hops || pause
        2    || '0.5'
        32   || '0.5'
        33   || '1'
        64   || '1'
        65   || '2'
        300  || '5'
    }

    def 'what is cleared is as if nobody had watched'() {
        given:
        Files.createDirectories(folder.resolve('dead'))
        Files.writeString(folder.resolve('dead/10.1.0.2'), '')
        Files.writeString(folder.resolve('anchor'), without('(igb1 10.1.0.3)'))

        when:
        run([pool(['10.1.0.2', '10.1.0.3'])], [:], 'clear')

        then:
        read('anchor') == ''
        dead() == []
        !Files.exists(folder.resolve('balance.loaded'))
    }

    def 'the script of rc is sh'() {
        expect:
        ['sh', '-n', write('rc', WatchScript.rc([pool(['10.1.0.2'])])).toString()].execute().waitFor() == 0
    }
}
