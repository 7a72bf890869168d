package org.linkctl.modules.freebsd.carpactions

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import org.linkctl.diag.Place
import org.linkctl.model.Vip
import org.linkctl.modules.vipactions.VipActions
import spock.lang.Specification
import spock.lang.TempDir

/** What a real sh makes of the script, with an ifconfig that keeps its state in a file and programs that note how they were run. */
class CarpActionsSpec extends Specification {
    static final Place AT = new Place('x.groovy', 1, 1)

    @TempDir
    Path folder

    Path script

    Vip vip(int id, List<List> actions) {
        new Vip('lb', id, 'igb1.100', [], null, null, 1, true,
            actions.collect { new Vip.Action(it[0], folder.resolve(it[1]).toString(), it.drop(2), AT) }, AT)
    }

    def setup() {
        program('ifconfig', 'cat "$FOLDER/state.$1"')
        program('logger', 'shift 2; echo "$*" >>"$FOLDER/log"')
        program('lockf', 'shift 2; exec "$@"')
        program('one', 'for word; do echo "one <$word>" >>"$FOLDER/calls"; done; echo said; echo more >&2')
        program('two', 'echo "two $#" >>"$FOLDER/calls"; [ ! -e "$FOLDER/broken" ]')
        make(vip(10, [[Vip.Role.MASTER, 'one', "it's \$(id)", 'b"; c*'], [Vip.Role.MASTER, 'two'], [Vip.Role.BACKUP, 'one', 'down']]))
    }

    void make(Vip... vips) {
        script = write('carp-actions', CarpActionsScript.script(vips.toList())
            .replace('PATH=/sbin:', "PATH=$folder:/sbin:".toString()).replace('/var/run/linkctl', folder.toString()))
    }

    Path write(String name, String text) {
        Path file = folder.resolve(name)
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
    }

    void program(String name, String body) {
        write(name, "#!/bin/sh\nFOLDER=$folder\n$body\n".toString())
    }

    void state(Map<Integer, String> carp) {
        Files.writeString(folder.resolve('state.igb1.100'), carp.collect { id, role -> "\tcarp: $role vhid $id advbase 1 advskew 0\n" }.join(''))
    }

    int looks(String... words) {
        def process = new ProcessBuilder(['/bin/sh', script.toString()] + words.toList()).redirectErrorStream(true).start()
        process.inputStream.text
        process.waitFor()
    }

    /** What was written there since the last time. */
    String taken(String name) {
        Path file = folder.resolve(name)
        if (!Files.exists(file)) return ''
        String text = Files.readString(file)
        Files.delete(file)
        text.replace("$folder/".toString(), '')
    }

    def 'a new master runs its programs once, in order, each word as it was written'() {
        given:
        state(10: 'MASTER', 110: 'BACKUP')

        expect:
        looks() == 0
        taken('calls') == 'one <it\'s $(id)>\none <b"; c*>\ntwo 0\n'
        taken('log') == 'MASTER of igb1.100/10: one it\'s $(id) b"; c*: done said more \nMASTER of igb1.100/10: two: done \n'
        looks() == 0
        taken('calls') == ''
    }

    def 'it has run what a later look expects'() {
        given:
        def one = vip(10, [[Vip.Role.MASTER, 'one', "it's \$(id)", 'b"; c*'], [Vip.Role.MASTER, 'two'], [Vip.Role.BACKUP, 'one', 'down']])
        state(10: role)

        expect:
        looks() == 0
        Files.readString(folder.resolve('carp/igb1.100-10')) == VipActions.noted(one, Vip.Role.valueOf(role))

        where:
        role << ['MASTER', 'BACKUP']
    }

    def 'there and back again; an interface that is down is a backup, one without the vhid is nothing'() {
        expect:
        states.collect { it ? state(10: it) : state([:]); looks(); taken('calls').readLines().join(' ') } == calls

        where:
        states << [['BACKUP', 'MASTER', 'BACKUP'], ['MASTER', 'INIT', 'BACKUP', 'MASTER'], [null, 'BACKUP', null, 'BACKUP']]
        calls << [['one <down>', 'one <it\'s $(id)> one <b"; c*> two 0', 'one <down>'],
                  ['one <it\'s $(id)> one <b"; c*> two 0', 'one <down>', '', 'one <it\'s $(id)> one <b"; c*> two 0'],
                  ['', 'one <down>', '', '']]
    }

    def 'one that fails is told, keeps no other from being run, and all of them are run again'() {
        given:
        make(vip(10, [[Vip.Role.MASTER, 'two'], [Vip.Role.MASTER, 'one', 'x'], [Vip.Role.MASTER, 'gone']]), vip(11, [[Vip.Role.MASTER, 'one', 'y']]))
        Files.createFile(folder.resolve('broken'))
        state(10: 'MASTER', 11: 'MASTER')

        expect:
        looks() == 1
        taken('calls') == 'two 0\none <x>\none <y>\n'
        taken('log').readLines()*.replaceAll(/(ended with \d+).*/, '$1') == ['MASTER of igb1.100/10: two: ended with 1', 'MASTER of igb1.100/10: one x: done said more ',
            'MASTER of igb1.100/10: gone: ended with 127', 'MASTER of igb1.100/11: one y: done said more ']
        looks() == 1
        taken('calls') == 'two 0\none <x>\n'
    }

    def 'another list is run, where the state is the same'() {
        given:
        state(10: 'MASTER')

        expect:
        looks() == 0
        taken('calls')

        when:
        make(vip(10, [[Vip.Role.MASTER, 'two', 'a']]))

        then:
        looks() == 0
        taken('calls') == 'two 1\n'
    }

    def 'neither devd nor the boot waits for the programs'() {
        given:
        Files.createDirectories(folder.resolve('carp'))
        Files.createFile(folder.resolve('carp/booted'))
        program('two', 'sleep 1; echo two >>"$FOLDER/calls"')
        state(10: 'MASTER')
        long begun = System.nanoTime()

        when:
        int status = looks(*words)
        long took = System.nanoTime() - begun
        for (int i = 0; i < 100 && !Files.exists(folder.resolve('carp/igb1.100-10')); i++) sleep 100

        then:
        status == 0
        took < 900_000_000L
        taken('calls').endsWith('two\n')

        where:
        words << [['10@igb1.100', 'MASTER'], ['boot']]
    }

    def 'while a host boots, what devd tells is left to the service'() {
        given:
        state(10: 'BACKUP')

        expect:
        looks('10@igb1.100', 'BACKUP') == 0
        !Files.exists(folder.resolve('carp'))
        looks() == 0
        Files.exists(folder.resolve('carp/booted'))
        taken('calls') == 'one <down>\n'
    }

    def 'both scripts are sh'() {
        expect:
        ['sh', '-n', script.toString()].execute().waitFor() == 0
        ['sh', '-n', write('rc', CarpActionsScript.rc()).toString()].execute().waitFor() == 0
    }
}
