package org.linkctl.engine.script

import java.nio.file.Files
import java.time.Duration

import org.linkctl.engine.StepResult
import org.linkctl.shell.Argv
import org.linkctl.shell.Content
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Question
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** Lists of steps, and what steps do to the one shell that runs them all, under every shell there is here. */
@Timeout(60)
class StepsSpec extends Specification {
    static final Limits LIMITS = Limits.of(Duration.ofSeconds(30))
    static final Limits SHORT = Limits.of(Duration.ofSeconds(1))

    @TempDir File folder
    List<String> told = []

    Exchange<List<StepResult>> doing(Limits limits = LIMITS, Step... steps) {
        Exchange.steps(steps.toList(), limits, new StepProgress() {
            void starts(int step) { told << "starts $step".toString() }
            void ended(int step, StepResult result) { told << "ended $step: $result.exit".toString() }
        })
    }

    static Step sh(String script, String... words) { Step.run(Argv.of(*(['sh', '-c', script, 'sh'] + words.toList()))) }

    static Exchange asking(Limits limits = LIMITS, String... words) { Exchange.questions([Question.command(words)], limits) }

    def 'steps go in one script, one after another, up to the first that fails: #shell'() {
        given:
        def log = "$folder/log"

        when:
        def replies = Shells.inOne(shell, [
                doing(sh('echo one >>"$1"', log), Step.put("$folder/a", '0600', 'A'), sh('cat "$1" >>"$2"; echo said; echo bad >&2; exit 3', "$folder/a".toString(), log), sh('echo never >>"$1"', log)),
                doing(sh('echo two >>"$1"', log)),
                asking('cat', log)])

        then:
        replies[0] == [new StepResult(0, ''), new StepResult(0, ''), new StepResult(3, 'said\nbad')]
        replies[1]*.exit() == [0]
        replies[2].stdout(Question.command('cat', log)) == 'one\nAtwo\n'
        told == ['starts 0', 'ended 0: 0', 'starts 1', 'ended 1: 0', 'starts 2', 'ended 2: 3', 'starts 0', 'ended 0: 0']

        where:
        shell << Shells.PRESENT
    }

    def 'with its last file goes a folder that linkctl made, and none of anybody else: #shell'() {
        given:
        def own = ['etc/linkctl/nftables/mss.nft', 'etc/linkctl/nftables/x.nft', 'etc/linkctl/pf.conf', 'etc/other/sysctl.conf'].collect { "$folder/$it".toString() }
        def there = { ['etc/linkctl/nftables', 'etc/linkctl', 'etc/other', 'etc'].findAll { new File(folder, it).directory } }

        when:
        def made = Shells.talk(shell, doing(*own.collect { Step.put(it, '0644', 'x') }))
        def one = Shells.talk(shell, doing(new Step.RemoveFile(own[0]), new Step.RemoveFile(own[2]), new Step.RemoveFile(own[3])))

        then:
        (made + one)*.exit().every { it == 0 }
        there() == ['etc/linkctl/nftables', 'etc/linkctl', 'etc/other', 'etc']

        when: 'once more, as after a kill'
        def rest = Shells.talk(shell, doing(new Step.RemoveFile(own[1]), new Step.RemoveFile(own[1])))

        then:
        rest*.exit() == [0, 0]
        there() == ['etc/other', 'etc']

        where:
        shell << Shells.PRESENT
    }

    def 'a step is told of while it runs: #shell'() {
        given: 'a step that ends only when somebody who saw it begin lets it'
        def gate = new File(folder, 'gate')
        new ProcessBuilder('mkfifo', gate.path).start().waitFor()
        def exchange = Exchange.steps([sh('cat "$1"', gate.path), sh('echo after')], LIMITS, new StepProgress() {
            void starts(int step) { if (step == 0) gate.text = 'opened' }
        })

        expect:
        Shells.talk(shell, exchange) == [new StepResult(0, 'opened'), new StepResult(0, 'after')]

        where:
        shell << Shells.PRESENT
    }

    def 'a step that reads its input reads nothing, and takes nothing from what follows: #shell'() {
        expect:
        Shells.inOne(shell, [
                doing(Step.run('cat'), sh('while read -r line; do echo "got $line"; done; echo end'), Step.run('head', '-c', '100000')),
                doing(new Step.GenerateFile("$folder/f", '0600', Argv.of('sh', '-c', 'cat; echo made'))),
                asking('cat'),
                doing(sh('exec cat <&0'))])[0, 1, 3]*.collect { it.output() } == [['', 'end', ''], [''], ['']]
        new File(folder, 'f').text == 'made\n'

        where:
        shell << Shells.PRESENT
    }

    def 'a step that leaves a child behind holds nothing, and the child lives: #shell'() {
        given:
        def pid = new File(folder, 'pid')
        def alive = ['sh', '-c', 'kill -0 "$(cat "$1")"', 'sh', pid.path] as String[]

        when: 'the reply and the end of the shell come while the child runs'
        def replies = Shells.inOne(shell, [
                doing(sh('sleep 1000 & echo $! >"$1"; echo started', pid.path), sh('echo next')),
                doing(sh('sh -c "while :; do echo noise; sleep 0.02; done" & echo $! >"$1"', "$folder/noisy".toString())),
                doing(sh('echo clean')),
                asking(alive)])

        then:
        replies[0]*.output() == ['started', 'next']
        replies[2]*.output() == ['clean']
        replies[3].to(Question.command(alive)).exit() == 0

        cleanup:
        [pid, new File(folder, 'noisy')].each { ['kill', '-9', it.text.trim()].execute().waitFor() }

        where:
        shell << Shells.PRESENT
    }

    def 'of megabytes that a step prints the end is sent, the next goes on: #shell'() {
        when:
        def results = Shells.talk(shell, doing(sh('yes 0123456789 | head -c 9000000; echo out-end; yes x | head -c 3000000 >&2; echo err-end >&2'), sh('echo next')))

        then:
        results*.exit() == [0, 0]
        results[0].output().length() < 140000
        results[0].output().contains('out-end')
        results[0].output().endsWith('err-end')
        results[1].output() == 'next'

        where:
        shell << Shells.PRESENT
    }

    def 'a step that takes too long is ended with all it started, the shell goes on: #shell'() {
        given:
        def pids = new File(folder, 'pids')
        def steps = doing(SHORT, Step.run('true'), sh('''echo $$ >>"$1"; sh -c 'trap "" TERM; echo $$ >>"$1"; while :; do sleep 1; done' sh "$1" & sleep 1000 & echo $! >>"$1"; echo waiting; wait''', pids.path), Step.run('true'))
        def makes = doing(SHORT, new Step.GenerateFile("$folder/f", '0600', Argv.of('sh', '-c', 'echo $$ >>"$1"; sleep 1000', 'sh', pids.path)))
        def asks = asking(SHORT, 'sh', '-c', 'echo $$ >>"$1"; sleep 1000 & echo $! >>"$1"; wait', 'sh', pids.path)

        when:
        def replies = Shells.inOne(shell, [steps, makes, asks, doing(SHORT, sh('echo goes on'))])

        then:
        replies[0]*.exit() == [0, StepResult.TOO_LONG]
        replies[0][1].output() == 'ended because it took too long\nwaiting'
        replies[1]*.exit() == [StepResult.TOO_LONG]
        replies[3]*.output() == ['goes on']
        pids.readLines().size() == 6
        new PollingConditions(timeout: 20).eventually { assert pids.readLines().every { !new File("/proc/$it").exists() } }
        !new File(folder, 'f').exists()
        folder.list().toList() == ['pids']

        where:
        shell << Shells.PRESENT
    }

    def 'more than a mebibyte in one script, every byte as it was: #shell'() {
        given:
        def random = new Random(5)
        def contents = (1..6).collect { (0..<(120 * 1024)).collect { (char) random.nextInt(256) }.join('') }
        contents << 'x' * 500000 << '\u0000' * 1000 << "'" * 5000 << '\\n%s\n' * 20000
        def steps = contents.withIndex().collect { text, i -> new Step.PutFile("$folder/f$i", '0600', Content.of(new Secret(text))) }
        def exchange = doing(*steps)

        expect:
        exchange.input().length > Limits.MIB
        Shells.talk(shell, exchange).every { it == new StepResult(0, '') }
        contents.withIndex().every { text, i -> new File(folder, "f$i").getText('UTF-8') == text }

        where:
        shell << Shells.PRESENT
    }

    def 'hundreds of steps in one script: #shell'() {
        when:
        def results = Shells.talk(shell, Exchange.steps((1..300).collect { Step.put("$folder/f", '0644', "$it") }, LIMITS, StepProgress.NONE))

        then:
        results.size() == 300
        results.every { it.ok() }
        new File(folder, 'f').text == '300'

        where:
        shell << Shells.PRESENT
    }

    def 'a shell that takes over lets the step that runs end, and no other begin: #shell'() {
        given: 'a shell with a step that waits, and nobody who would still listen'
        def gate = new File(folder, 'gate')
        new ProcessBuilder('mkfifo', gate.path).start().waitFor()
        def opening = new ShellStart(LIMITS)
        def old = new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        old.outputStream.write(opening.input())
        old.outputStream.write(doing(sh('echo began >"$1.began"; cat "$1" >"$1.ended"', gate.path), Step.run('touch', "$folder/never")).input())
        old.outputStream.flush()
        def shellId = opening.read(old.inputStream)
        while (!new File("${gate}.began").exists()) Thread.onSpinWait()

        when: 'another one takes over, and the step is let go once the old shell was told'
        def taken = Thread.start { assert Shells.talk(shell, Exchange.takeover(shellId, LIMITS)) }
        def marked = new File(shellId.folder(), shellId.word())
        new PollingConditions(timeout: 20).eventually { assert told(shellId) }
        assert marked.exists() && taken.alive
        gate.text = 'done'
        taken.join()

        then:
        !marked.exists()
        new File("${gate}.ended").text == 'done'
        !new File(folder, 'never').exists()
        old.waitFor() == 143

        and: 'where nothing is left there, nothing is waited for, and a process of the same number is left alone'
        Shells.talk(shell, Exchange.takeover(new ShellId("${ProcessHandle.current().pid()}", shellId.folder(), shellId.word()), LIMITS))

        where:
        shell << Shells.PRESENT
    }

    /** Whether the shell ignores TERM, which it does from the moment it was told to end: /proc/PID/status, proc(5). */
    private static boolean told(ShellId shellId) {
        def ignored = new File("/proc/${shellId.pid()}/status").readLines().find { it.startsWith('SigIgn:') }.split()[1]
        (Long.parseUnsignedLong(ignored, 16) & (1L << 14)) != 0
    }

    def 'a shell that waits for a script is ended at once, and one that was killed is cleaned up after: #shell'() {
        given:
        def opening = new ShellStart(SHORT)
        def old = new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        old.outputStream.write(opening.input())
        old.outputStream.flush()
        def shellId = opening.read(old.inputStream)
        assert new File(shellId.folder()).directory

        when:
        if (how == 'TERM') assert Shells.talk(shell, Exchange.takeover(shellId, SHORT))
        else ['kill', '-9', shellId.pid()].execute().waitFor()

        then:
        old.waitFor() > 128
        new PollingConditions(timeout: 20).eventually { assert !new File(shellId.folder()).exists() }

        where:
        [shell, how] << [Shells.PRESENT, ['TERM', 'KILL']].combinations()
    }

    def 'no trace of a script stays in the scratch folder: #shell'() {
        given:
        new File(folder, 'secret').text = 'HUSH'
        def opening = new ShellStart(LIMITS)
        def process = new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        def asks = Exchange.questions([Question.secret("$folder/secret"), Question.command('ls')], LIMITS)
        [opening, asks].each { process.outputStream.write(it.input()) }
        process.outputStream.flush()
        def replies = new BufferedInputStream(process.inputStream)

        when:
        def shellId = opening.read(replies)
        asks.read(replies)

        then:
        new File(shellId.folder()).list().toList().toSet() == [shellId.word(), 'now'] as Set
        new File(shellId.folder(), 'now').text == ''
        Files.getPosixFilePermissions(new File(shellId.folder()).toPath())*.name().toSet() == ['OWNER_READ', 'OWNER_WRITE', 'OWNER_EXECUTE'] as Set

        cleanup:
        process.outputStream.close()
        process.waitFor()

        where:
        shell << Shells.PRESENT
    }
}
