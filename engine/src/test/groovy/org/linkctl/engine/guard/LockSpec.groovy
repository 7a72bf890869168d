package org.linkctl.engine.guard

import java.nio.file.Files
import java.nio.file.Path

import spock.lang.Timeout

/** Locks: one run at a time on a host, and a lock whose holder is gone. */
@Timeout(60)
class LockSpec extends GuardTrial {
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

    def 'signs of life come beside steps that begin, and neither spoils the other'() {
        given:
        arm('r1', 1, change())

        when:
        def said = Collections.synchronizedList([])
        (1..4).collect { one ->
            Thread.start {
                (1..15).each {
                    silentFor('r1', 60) // So that each of them renews it.
                    said << guard([one % 2 ? 'begin' : 'alive', 'r1'])
                }
            }
        }*.join()

        then:
        said == [[0, '']] * 60

        cleanup:
        done('confirm', 'r1')
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
        make('armed.123.new', 'r6\n')
        make('.linkctl.made-then1', 'half a guard')
        make('owned/.linkctl.made-then2', 'half a list')
        ['.linkctl.made-then1', 'owned/.linkctl.made-then2'].each { Files.setLastModifiedTime(home.resolve(it), java.nio.file.attribute.FileTime.fromMillis(0)) }
        make('.linkctl.made-now12', 'what somebody who waits is about to put there')
        make('../linkctl-guard.service.123.new', '[Unit]')

        when:
        done('lock', 'r8', 'me')

        then:
        home.toFile().list().toSorted() == ['.linkctl.made-now12', 'guard', 'lock', 'lock.r2', 'lock.r4', 'lock.r8', 'owned', 'runs']
        home.resolve('owned').toFile().list().toList() == []
        home.resolve('runs').toFile().list().toList() == ['r7']
        !Files.exists(folder.resolve('linkctl-guard.service.123.new'))
    }
}
