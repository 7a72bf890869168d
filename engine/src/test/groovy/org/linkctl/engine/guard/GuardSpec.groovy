package org.linkctl.engine.guard

import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions

import org.linkctl.engine.script.Shells
import org.linkctl.shell.Step
import spock.lang.Timeout

/** When a host undoes a change by itself, and what is known of it afterwards. */
@Timeout(60)
class GuardSpec extends GuardTrial {
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

    def 'every shell reads it alike: #words'() {
        given: 'two parts, and a watcher that is to be one of that shell'
        def program = folder.resolve('home/guard').toString()
        def by = { String... verbs ->
            def builder = new ProcessBuilder(words + [program] + verbs.toList()).redirectErrorStream(true)
            builder.environment().putAll([LINKCTL_GUARD_UNITS: folder.toString(), LINKCTL_SHELL: "${ProcessHandle.current().pid()} $shell".toString()])
            def process = builder.start()
            def said = process.inputStream.text
            assert process.waitFor() == 0 : said
            said
        }
        arm('r1', 1, change(), 3600)
        def before = files()
        carryOut()
        Files.writeString(folder.resolve('home/runs/r1/undo.2'), UndoList.of([Step.put(at('removed'), '0644', 'again'), Step.put(at('a new/one'), '0644', 'x')]))
        by('arm', 'r1', '2', '3600')
        Files.writeString(etc.resolve('removed'), 'again')
        killWatcher('r1')
        Files.writeString(folder.resolve('home/runs/r1/fire'), 'why\n')
        Files.delete(shell)

        when:
        by('watch', 'r1')

        then:
        state('r1') == 'undone'
        files() == before
        by('lock', 'r2', 'me').startsWith('r1 undone')
        by('status').startsWith('r1\tundone\t\twhy')

        where:
        words << Shells.PRESENT*.minus('-s')
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

    def 'a watcher that was killed is missed by whoever goes on: #verb'() {
        given:
        arm('r1', 1, change(), 2)
        def before = files()
        carryOut()
        killWatcher('r1')

        when: 'a sign of life, and then none any more'
        done(verb, 'r1')
        Files.delete(shell)
        def after = state('r1')

        then:
        after == 'armed'
        soon.eventually { assert state('r1') == 'undone' }
        files() == before
        Files.readString(folder.resolve('home/runs/r1/why')) == 'nobody confirmed it within 2 s\n'

        where:
        verb << ['begin', 'alive']
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

    def 'a confirmed run is undone later'() {
        given:
        arm('r1', 1, change())
        def before = files()
        carryOut()
        done('confirm', 'r1')

        when:
        done('lock', 'r2', 'me')
        done('revert', 'r2', 'r1', 'rolled back by me')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files() == before

        and:
        guard(['revert', 'r2', 'r1', 'again'])[0] != 0
        guard(['revert', 'r3', 'r1', 'again']) == [1, "this run has lost the host's lock; it is now that of me"]
    }

    def 'what a rollback replaces or removes is kept with the run, since somebody may have changed it'() {
        given:
        arm('r1', 1, change())
        def before = files()
        carryOut()
        done('confirm', 'r1')
        Files.writeString(etc.resolve('changed'), 'by hand')
        Files.writeString(etc.resolve("made it's"), 'by hand, too')

        when:
        done('lock', 'r2', 'me')
        done('revert', 'r2', 'r1', 'rolled back by me')

        then:
        soon.eventually { assert state('r1') == 'undone' }
        files() == before
        Files.readString(folder.resolve('home/runs/r1/replaced.1/1')) == 'by hand'
        Files.readString(folder.resolve('home/runs/r1/replaced.1/3')) == 'by hand, too'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve('home/runs/r1/replaced.1'))) == 'rwx------'
    }

    def 'the last run is the one that came last, whatever the clock of whoever ran it'() {
        given: 'somebody whose clock is a year ahead, and ten runs of others; and those that an earlier linkctl left'
        def ids = ['20270101T000000-aa'] + (10..19).collect { "20260101T0000$it-bb".toString() }
        ['20250101T000000-cc', '20280101T000000-cc'].each {
            Files.writeString(Files.createDirectories(folder.resolve("home/runs/$it")).resolve('state'), 'confirmed\n')
        }

        when:
        def known = ids.collect { id ->
            arm(id, 1, [Step.put(at('x'), '0644', id)])
            done('confirm', id)
            guard(['status'])[1].readLines()*.takeBefore('\t')
        }

        then:
        known[0] == ['20270101T000000-aa', '20280101T000000-cc', '20250101T000000-cc']
        known[1].take(2) == ['20260101T000010-bb', '20270101T000000-aa']
        known[-1] == ids.reverse().take(10)
        guard(['lock', 'r', 'me']) == [0, '20260101T000019-bb confirmed']
    }

    def 'nothing that is not root\'s is readable by others'() {
        given:
        arm('r1', 1, change())
        // Until then it writes files beside those that are looked at.
        soon.eventually { assert Files.exists(folder.resolve('home/runs/r1/watcher')) }

        expect:
        def mode = { String path -> PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("home/$path"))) }
        ['runs', 'runs/r1', 'runs/r1/saved.1'].every { mode(it) == 'rwx------' }

        when: 'what linkctl owns is written at the end of a run'
        Files.createDirectories(folder.resolve('home/owned'))
        done('unlock', 'r0')

        then:
        mode('owned') == 'rwx------'

        and:
        Files.walk(folder.resolve('home/runs')).filter { Files.isRegularFile(it) && !it.toString().contains('saved') }
                .allMatch { PosixFilePermissions.toString(Files.getPosixFilePermissions(it)).endsWith('------') || it.fileName.toString().startsWith('undo') }

        cleanup:
        done('confirm', 'r1')
    }
}
