package org.linkctl.modules.freebsd.proxyarp

import org.linkctl.modules.freebsd.vip.ProxyArpGroup
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.net.Ip
import spock.lang.Specification
import spock.lang.TempDir

/** What a real sh makes of the script, with an arp and an ifconfig that keep their state in files. */
class ProxyArpSpec extends Specification {
    static final List<ProxyArpGroup> GROUPS = [new ProxyArpGroup('igb1', 10, 1, [Ip.of('10.1.0.50'), Ip.of('10.1.0.51')])]
    static final String OTHERS = '? (10.1.0.11) at 00:25:90:00:00:02 on igb1 permanent [ethernet]\n' +
        '? (10.1.0.5) at 00:25:90:00:00:07 on igb1 expires in 1187 seconds [ethernet]\n'

    @TempDir
    Path folder

    Path script

    def setup() {
        program('ifconfig', 'cat "$FOLDER/state.$1"')
        program('logger', 'shift 2; echo "$*" >>"$FOLDER/log"')
        program('lockf', 'shift 2; exec "$@"')
        program('arp', '''
            case $1 in
                -an) cat "$FOLDER/table" ;;
                -d) grep -v "($2)" "$FOLDER/table" >"$FOLDER/next"; mv "$FOLDER/next" "$FOLDER/table" ;;
                -s) [ "$4" = pub ] && echo "? ($2) at $3 on igb1 permanent published [ethernet]" >>"$FOLDER/table" ;;
            esac
            echo "$*" >>"$FOLDER/calls"
            '''.stripIndent())
        table(OTHERS)
        String text = ProxyArpScript.script(GROUPS).replace('PATH=/sbin:', "PATH=$folder:/sbin:".toString())
        script = write('proxy-arp', text)
    }

    Path write(String name, String text) {
        Path file = folder.resolve(name)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    void program(String name, String body) {
        write(name, "#!/bin/sh\nFOLDER=$folder\n$body\n".toString())
    }

    void table(String text) {
        Files.writeString(folder.resolve('table'), text)
    }

    void state(String carp) {
        Files.writeString(folder.resolve('state.igb1'), 'igb1: flags=8943<UP,BROADCAST,RUNNING,PROMISC> metric 0 mtu 1500\n' +
            '\tinet 10.1.0.1 netmask 0xffff0000 broadcast 10.1.255.255 vhid 10\n' +
            (carp ? "\tcarp: MASTER vhid 110 advbase 1 advskew 0\n\tcarp: $carp vhid 10 advbase 1 advskew 0\n" : ''))
    }

    int run(String... words) {
        def process = new ProcessBuilder(['/bin/sh', script.toString()] + words.toList()).redirectErrorStream(true).start()
        process.inputStream.text
        process.waitFor()
    }

    String read(String name) {
        Path file = folder.resolve(name)
        Files.exists(file) ? Files.readString(file) : ''
    }

    static String published(String address, String mac = '00:00:5e:00:01:0a') {
        "? ($address) at $mac on igb1 permanent published [ethernet]\n"
    }

    def 'the master answers, with the address of the vhid, and a second run changes nothing'() {
        given:
        state('MASTER')

        expect:
        run('10@igb1', 'MASTER') == 0
        read('table') == OTHERS + published('10.1.0.50') + published('10.1.0.51')
        read('log') == '10.1.0.50 put in on igb1, 10.1.0.51 put in on igb1\n'

        when:
        Files.delete(folder.resolve('calls'))

        then:
        run() == 0
        read('calls').readLines().toSet() == ['-an'] as Set
    }

    def 'what it is told does not count, what is so does'() {
        given:
        state(carp)
        table(OTHERS + published('10.1.0.50'))

        expect:
        run('10@igb1', 'MASTER') == 0
        read('table') == OTHERS

        where:
        carp << ['BACKUP', null]
    }

    def 'on an interface that is down nothing is touched'() {
        given:
        state('INIT')
        table(OTHERS + published('10.1.0.50'))

        expect:
        run('10@igb1', 'INIT') == 0
        read('table') == OTHERS + published('10.1.0.50')
        read('calls') == '-an\n'
    }

    def 'an entry that says something else is made anew, those of others stay'() {
        given:
        state('MASTER')
        String other = published('10.1.0.5', '00:25:90:00:00:09') + published('10.1.0.150')
        table(other + published('10.1.0.50', '00:25:90:00:00:02') + published('10.1.0.51'))

        expect:
        run() == 0
        read('table') == other + published('10.1.0.51') + published('10.1.0.50')
    }

    def 'where arp refuses, so does the script, after all the others'() {
        given:
        state('MASTER')
        program('arp', '[ "$1" = -an ] && exec cat "$FOLDER/table"; echo "$*" >>"$FOLDER/calls"; exit 1')

        expect:
        run() == 1
        read('calls') == '-s 10.1.0.50 00:00:5e:00:01:0a pub\n-s 10.1.0.51 00:00:5e:00:01:0a pub\n'
        !Files.exists(folder.resolve('log'))
    }

    def 'a vhid that was just made is waited for, if it is to be master'() {
        given:
        state('BACKUP')
        program('sleep', 'sed -i s/BACKUP/MASTER/ "$FOLDER/state.igb1"; echo "sleep $1" >>"$FOLDER/slept"')

        expect:
        run('settle') == 0
        read('slept') == 'sleep 1\n'
        read('table').contains(published('10.1.0.51'))
    }

    def 'the other host waits no longer than the first needs'() {
        given:
        state('BACKUP')
        program('sleep', 'echo "sleep $1" >>"$FOLDER/slept"')

        expect:
        run('settle') == 0
        read('slept').readLines().size() == 5
        read('table') == OTHERS
    }

    def 'both scripts are sh, and tell their addresses again'() {
        expect:
        ['sh', '-n', write('rc', ProxyArpScript.rc()).toString()].execute().waitFor() == 0
        ProxyArpScript.addresses(ProxyArpScript.script(GROUPS)) == GROUPS.first().addresses()
        ProxyArpScript.addresses(null) == []
    }
}
