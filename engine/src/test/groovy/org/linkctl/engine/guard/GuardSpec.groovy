package org.linkctl.engine.guard

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

import org.linkctl.shell.Argv
import org.linkctl.shell.Step
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** The guard's own program, run here in a folder of its own: what a host does by itself. */
@Timeout(60)
class GuardSpec extends Specification {
    @TempDir Path folder
    Path etc
    Path shell
    def soon = new PollingConditions(timeout: 20, delay: 0.1)

    def setup() {
        etc = Files.createDirectories(folder.resolve('etc'))
        shell = Files.createFile(folder.resolve('shell'))
        Files.createDirectories(folder.resolve('home'))
        Files.copy(HostGuard.getResourceAsStream('guard.sh'), folder.resolve('home/guard'))
    }

    /** Standing output of a command, and its status. */
    private List guard(List<String> words, long pid = ProcessHandle.current().pid()) {
        def builder = new ProcessBuilder(['sh', folder.resolve('home/guard').toString()] + words).redirectErrorStream(true)
        builder.environment().putAll([LINKCTL_GUARD_UNITS: folder.toString(), LINKCTL_SHELL: "$pid $shell".toString()])
        def process = builder.start()
        def text = process.inputStream.text
        [process.waitFor(), text.strip()]
    }

    private void done(String... words) {
        def (status, text) = guard(words.toList())
        assert status == 0 : text
    }

    private void arm(String run, int part, List<Step> steps, int seconds = 60) {
        def dir = Files.createDirectories(folder.resolve("home/runs/$run"))
        Files.writeString(dir.resolve("undo.$part"), UndoList.of(steps))
        done('lock', run, 'me')
        done('arm', run, "$part", "$seconds")
    }

    private void killWatcher(String run) {
        def file = folder.resolve("home/runs/$run/watcher")
        soon.eventually { assert Files.exists(file) }
        def watcher = ProcessHandle.of(Files.readString(file).split(' ')[0] as long).get()
        watcher.destroyForcibly()
        watcher.onExit().get()
    }

    private String state(String run) { Files.readString(folder.resolve("home/runs/$run/state")).strip() }

    private Map<String, String> files() {
        etc.toFile().listFiles().toList().collectEntries { [it.name, it.text + ' ' + PosixFilePermissions.toString(Files.getPosixFilePermissions(it.toPath()))] }
    }

    private String at(String name) { etc.resolve(name).toString() }

    /** Three files before: one that is changed, one that is removed, one that stays. */
    private List<Step> change() {
        ['changed', 'removed', 'stays'].each { Files.writeString(etc.resolve(it), "$it before\n") }
        Files.setPosixFilePermissions(etc.resolve('changed'), PosixFilePermissions.fromString('rw-r-----'))
        [Step.put(at('changed'), '0644', 'new'), new Step.RemoveFile(at('removed')), Step.put(at('made it\'s'), '0600', 'x'),
                Step.run(Argv.of('touch', at('ran')), Argv.of('rm', '-f', at('ran'))), new Step.WriteValue(at('stays'), '7')]
    }

    private void carryOut() {
        Files.delete(etc.resolve('changed'))
        Files.writeString(etc.resolve('changed'), 'new')
        Files.delete(etc.resolve('removed'))
        Files.writeString(etc.resolve("made it's"), 'x')
        Files.writeString(etc.resolve('ran'), '')
        Files.writeString(etc.resolve('stays'), '7')
    }

    def 'a change that is fired is undone whole: contents, modes, what was not there, and what was run'() {
        given:
        arm('r1', 1, change())
        def before = files()
        done('begin', 'r1')
        carryOut()
        Files.delete(shell)

        when:
        done('fire', 'r1', 'worse than before: wg0')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files() == before
        Files.readString(folder.resolve('home/runs/r1/why')) == 'worse than before: wg0\n'
        !Files.exists(folder.resolve('home/armed'))
        guard(['status'])[1].startsWith('r1\tundone\t\tworse than before: wg0')
    }

    def 'a change of which nobody hears any more is undone, one that is confirmed stays'() {
        given:
        arm('r1', 1, change(), 2)
        def before = files()
        carryOut()
        def after = files()

        when:
        if (confirmed) done('confirm', 'r1')

        then:
        soon.eventually { assert state('r1') == (confirmed ? 'confirmed' : 'undone') }
        files() == (confirmed ? after : before)
        !Files.exists(folder.resolve('home/armed'))

        where:
        confirmed << [false, true]
    }

    def 'signs of life put it off'() {
        given:
        arm('r1', 1, change(), 3)

        when:
        (1..6).each {
            done('alive', 'r1')
            Thread.sleep(1000)
        }

        then:
        state('r1') == 'armed'

        cleanup:
        done('confirm', 'r1')
    }

    def 'two parts are undone one after the other, the last one first'() {
        given:
        def first = change()
        arm('r1', 1, first)
        def before = files()
        carryOut()
        arm('r1', 2, [Step.put(at('changed'), '0644', 'newer'), Step.put(at('late'), '0644', 'late')])
        Files.writeString(etc.resolve('changed'), 'newer')
        Files.writeString(etc.resolve('late'), 'late')

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files() == before
    }

    def 'the shell that carries out steps comes to its end before they are undone'() {
        given: 'a shell that is deaf to TERM for a while'
        arm('r1', 1, change())
        def worker = new ProcessBuilder('sh', '-c', 'trap "trap \'\' TERM; sleep 2; echo late >\\"$1\\"; rm \\"$2\\"; exit" TERM; while :; do sleep 0.1; done', 'sh', at('ran'), shell.toString()).start()
        assert guard(['begin', 'r1'], worker.pid())[0] == 0

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        !worker.alive
        !Files.exists(etc.resolve('ran'))
    }

    def 'after a restart the files are what they were'() {
        given: 'a watcher that died with the host'
        arm('r1', 1, change(), 3600)
        def before = files() - files().findAll { it.key == 'stays' }
        carryOut()
        killWatcher('r1')
        Files.delete(etc.resolve('ran'))

        when:
        done('boot')

        then:
        state('r1') == 'undone'
        files() - files().findAll { it.key == 'stays' } == before
        Files.readString(folder.resolve('home/runs/r1/why')).contains('restarted')
        !Files.exists(folder.resolve('home/armed'))
    }

    def 'a confirmed change is not undone by a restart, though the disk may still say that it waits'() {
        given:
        arm('r1', 1, change())
        carryOut()
        def after = files()
        done('confirm', 'r1')
        Files.writeString(folder.resolve('home/armed'), 'r1\n')

        when:
        done('boot')

        then:
        state('r1') == 'confirmed'
        files() == after
        !Files.exists(folder.resolve('home/armed'))
    }

    def 'a change whose watcher is gone is undone as soon as anybody comes'() {
        given:
        arm('r1', 1, change(), 3600)
        def before = files()
        carryOut()
        killWatcher('r1')

        expect: 'who comes has to wait, and finds it undone'
        guard(['lock', 'r2', 'bob'])[0] == 75
        soon.eventually { assert state('r1') == 'undone' }
        files() == before
        guard(['lock', 'r2', 'bob'])[0] == 0
    }

    def 'what is being undone can no longer be confirmed'() {
        given:
        arm('r1', 1, change(), 3600)
        Files.createDirectory(folder.resolve('home/runs/r1/undoing'))

        expect:
        guard(['confirm', 'r1']) == [1, 'the change is being undone']
        state('r1') == 'armed'

        cleanup:
        Files.delete(folder.resolve('home/runs/r1/undoing'))
        done('confirm', 'r1')
    }

    def 'what could not be undone is told'() {
        given:
        arm('r1', 1, change(), 3600)
        carryOut()
        Files.delete(etc.resolve('changed'))
        Files.createDirectories(etc.resolve('changed/in the way'))

        when:
        done('fire', 'r1', 'why')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        Files.readString(folder.resolve('home/runs/r1/why')).contains("not undone: ${at('changed')}")
    }

    def 'a confirmed run is undone later'() {
        given:
        arm('r1', 1, change())
        def before = files()
        carryOut()
        done('confirm', 'r1')

        when:
        done('revert', 'r1', 'rolled back by me')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files() == before

        and:
        guard(['revert', 'r1', 'again'])[0] != 0
    }

    def 'one run at a time; a lock whose owner is gone is taken'() {
        expect:
        guard(['lock', 'r1', 'ann since noon'])[0] == 0
        guard(['lock', 'r2', 'bob']) == [75, 'ann since noon']
        guard(['lock', 'r1', 'ann since noon'])[0] == 0

        when: 'the shell that took it is gone'
        Files.delete(shell)

        then:
        guard(['lock', 'r2', 'bob'])[0] == 0

        when:
        done('unlock', 'r1')

        then: 'only its owner gives it back'
        Files.exists(folder.resolve('home/lock'))
        guard(['unlock', 'r2'])[0] == 0
        folder.resolve('home').toFile().list().toList() == ['guard']
    }

    /** A shell as linkctl has one on a host: it waits for what comes next, or carries out a step that it does not leave. */
    private Process sitting(boolean busy) {
        String text = busy ? 'trap "trap \'\' TERM; while [ ! -e \\"$2\\" ]; do sleep 0.1; done; rm \\"$1\\"; exit" TERM; echo; while :; do sleep 0.1; done' : 'echo; read line'
        def process = new ProcessBuilder('sh', '-c', text, 'sh', shell.toString(), at('ended')).start()
        process.inputStream.read()
        process
    }

    private void silentFor(String run, int seconds) {
        long up = new File('/proc/uptime').text.split('[.]')[0] as long
        Files.writeString(folder.resolve("home/lock.$run/alive"), "${up - seconds}\n")
    }

    def 'a lock whose owner is silent is taken over, and he cannot go on'() {
        given: 'the shell of a machine that was switched off'
        def owner = sitting(false)
        assert guard(['lock', 'r1', 'ann since noon'], owner.pid())[0] == 0
        silentFor('r1', 170)

        expect: 'not yet'
        guard(['lock', 'r2', 'bob']) == [75, 'ann since noon']

        when: 'he gives a sign of life'
        silentFor('r1', 190)
        assert guard(['alive', 'r1'], owner.pid())[0] == 0

        then:
        guard(['lock', 'r2', 'bob']) == [75, 'ann since noon']
        owner.alive

        when:
        silentFor('r1', 190)
        def (status, text) = guard(['lock', 'r2', 'bob'])

        then:
        status == 0
        text ==~ /ann since noon, silent for 19\d s/
        owner.waitFor() != 0

        and:
        Files.createDirectories(folder.resolve('home/runs/r1'))
        Files.writeString(folder.resolve('home/runs/r1/undo.1'), '')
        [['own', 'r1'], ['begin', 'r1'], ['arm', 'r1', '1', '60'], ['alive', 'r1']].every {
            guard(it) == [1, "this run has lost the host's lock; it is now that of bob"]
        }
        guard(['own', 'r2'])[0] == 0

        cleanup:
        owner.destroyForcibly()
    }

    def 'a lock is not taken over beside a step that has not ended'() {
        given:
        def owner = sitting(true)
        assert guard(['lock', 'r1', 'ann since noon'], owner.pid())[0] == 0
        silentFor('r1', 190)

        when:
        def (status, text) = guard(['lock', 'r2', 'bob'])

        then:
        status == 75
        text ==~ /ann since noon, silent for 19\d s, with a step that has not ended yet/
        owner.alive

        when:
        Files.createFile(etc.resolve('ended'))
        owner.waitFor()

        then:
        guard(['lock', 'r2', 'bob'])[0] == 0

        cleanup:
        owner.destroyForcibly()
    }

    def 'a shell in the place of one that was lost keeps the lock'() {
        given:
        def first = sitting(false)
        def second = sitting(false)
        assert guard(['lock', 'r1', 'ann'], first.pid())[0] == 0
        first.destroyForcibly().waitFor()
        assert guard(['alive', 'r1'], second.pid())[0] == 0

        expect:
        guard(['lock', 'r2', 'bob']) == [75, 'ann']

        cleanup:
        second.destroyForcibly()
    }

    def 'while a change waits to be confirmed nobody else begins one'() {
        given:
        done('lock', 'r1', 'ann')
        arm('r1', 1, change())
        Files.delete(shell)

        expect:
        guard(['lock', 'r2', 'bob'])[0] == 75
        guard(['lock', 'r1', 'ann'])[0] == 0

        cleanup:
        done('confirm', 'r1')
    }

    def 'what a crash left half made goes when the next run begins, and nothing of those that are there'() {
        given:
        def home = folder.resolve('home')
        def make = { String path, String text -> Files.writeString(Files.createDirectories(home.resolve(path).parent).resolve(home.resolve(path).fileName), text) }
        long gone = new ProcessBuilder('true').start().tap { it.waitFor() }.pid()
        make('lock.r1/who', 'whose shell is gone')
        make('lock.r1/shell', "$gone $shell\n")
        make('lock.r2/who', 'who is about to find the lock taken')
        make('lock.r3/who', 'of whom no more was written')
        Files.setLastModifiedTime(home.resolve('lock.r3'), java.nio.file.attribute.FileTime.fromMillis(0))
        make('lock.r4/who', 'who is there')
        make('lock.r4/shell', "${ProcessHandle.current().pid()} $shell\n")
        Files.createSymbolicLink(home.resolve("lock.left.$gone"), Path.of('lock.r0'))
        make('runs/r5/about', 'nothing')
        make('runs/r6/state', 'armed\n')
        make('runs/r7/state', 'confirmed\n')
        make('armed.new', 'r6\n')
        make('../linkctl-guard.service.new', '[Unit]')

        when:
        done('lock', 'r8', 'me')

        then:
        home.toFile().list().toSorted() == ['guard', 'lock', 'lock.r2', 'lock.r4', 'lock.r8', 'runs']
        home.resolve('runs').toFile().list().toList() == ['r7']
        !Files.exists(folder.resolve('linkctl-guard.service.new'))
    }

    def 'nothing that is not root\'s is readable by others'() {
        given:
        arm('r1', 1, change())
        // Until then it writes files beside those that are looked at.
        soon.eventually { assert Files.exists(folder.resolve('home/runs/r1/watcher')) }

        expect:
        Files.walk(folder.resolve('home/runs')).filter { Files.isRegularFile(it) && !it.toString().contains('saved') }
                .allMatch { PosixFilePermissions.toString(Files.getPosixFilePermissions(it)).endsWith('------') || it.fileName.toString().startsWith('undo') }

        cleanup:
        done('confirm', 'r1')
    }
}
