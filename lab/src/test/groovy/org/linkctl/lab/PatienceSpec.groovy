package org.linkctl.lab

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Limits of the lab: what is waited for longer where the machine is slow, and what has an end all the same. */
@Timeout(60)
class PatienceSpec extends Specification {
    @TempDir Path folder

    /** In seconds. */
    long now = 0
    double slowness = 1

    private Patience patience(int seconds) {
        Patience.of(Duration.ofSeconds(seconds), { slowness }, { now * 1_000_000_000L })
    }

    /** How many seconds pass until it is over, asked each second. */
    private long lasts(Patience patience, Closure<?> each = {}) {
        while (!patience.over()) {
            now++
            each(now)
            assert now < 100_000
        }
        now - 1
    }

    def 'a machine that is #times times slower gets #seconds s instead of 120'() {
        given:
        slowness = times

        expect:
        lasts(patience(120)) == seconds

        where:
        times || seconds
        1     || 120
        2     || 240
        10    || 1200
        // There is an end for one that is slower than that, or that hangs.
        20    || 2400
        1000  || 2400
    }

    def 'what counts is the load while it is waited for: it comes, and it goes'() {
        given:
        slowness = 10

        expect: 'ten of the hundred seconds are used up when the machine is idle again'
        lasts(patience(100), { if (it == 101) slowness = 1 }) == 190
    }

    def 'a load of #load on #processors processors makes all #slowness times slower'() {
        expect:
        Patience.slowness(load, processors) == slowness

        where:
        load | processors || slowness
        0    | 2          || 1
        1.5  | 2          || 1
        20   | 2          || 10
        12   | 8          || 1.5
        500  | 2          || Patience.MOST
        -1   | 2          || 1
    }

    def 'a machine whose template needed #cpu s of CPU time to boot is #times times slower than usual'() {
        expect:
        MachineSpeed.factor(Duration.ofSeconds(cpu)) == times

        where:
        cpu | times
        0   | 1
        26  | 1
        38  | 1
        52  | 2
        260 | 10
    }

    def 'how long a template kept the processors busy is kept with it'() {
        given:
        long start = System.nanoTime()
        while (System.nanoTime() - start < 20_000_000) ProcessHandle.current().pid()

        when:
        MachineSpeed.note(folder, ProcessHandle.current().pid())

        then:
        (Files.readString(folder.resolve('boot-cpu-ms')).strip() as long) > 0

        when:
        Files.writeString(folder.resolve('boot-cpu-ms'), '78000\n')
        MachineSpeed.read(folder)

        then:
        MachineSpeed.factor() == 3
        Patience.stretched(Duration.ofSeconds(1)) >= Duration.ofSeconds(3)

        when: 'one from before that was kept'
        MachineSpeed.read(folder.resolve('nowhere'))

        then:
        MachineSpeed.factor() == 1
    }

    def 'the message says what was waited for, how long, and why so long'() {
        given:
        def short_ = patience(0)
        now = 0
        slowness = 10
        def long_ = patience(120)
        long end = lasts(long_)

        when:
        Poll.untilPresent('sshd of a-gw', patience(0), { now++; Optional.empty() })

        then:
        def e = thrown(LabException)
        e.message ==~ /waited 1 s in vain for: sshd of a-gw/
        short_.told() ==~ /1\d\d\d s .*/
        long_.told() ==~ /120\d s \(a limit of 120 s, stretched by a load of \d+\.\d on \d+ processors?\)/
        end == 1200
    }

    def 'a command that does not end is ended, and said to be'() {
        when:
        Commands.run(['sleep', '1000'], '', Duration.ofMillis(10))

        then:
        def e = thrown(LabException)
        e.message ==~ /(?s)sleep did not end within .*: \[sleep, 1000\]/
    }

    def 'the action runs when the time is up, and not once its block has ended'() {
        given:
        def late = new CountDownLatch(1)
        slowness = 1

        when:
        def watched = OnTimeout.run(patience(0), { late.countDown() })
        now = 1

        then:
        late.await(20, TimeUnit.SECONDS)

        when:
        def never = new CountDownLatch(1)
        OnTimeout.run(patience(1000), { never.countDown() }).close()
        now = 100_000

        then:
        !never.await(1, TimeUnit.SECONDS)

        cleanup:
        watched?.close()
    }

    def 'where a log ends is said with where it is'() {
        given:
        def log = Files.writeString(folder.resolve('console.log'), (1..30).collect { "line $it" }.join('\n'))

        expect:
        Commands.end('Its console', log) == "Its console, $log, ends:\n${(11..30).collect { "line $it" }.join('\n')}"
    }
}
