package org.linkctl.engine.script

import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration

import org.linkctl.engine.StepResult
import org.linkctl.shell.Argv
import org.linkctl.shell.Content
import org.linkctl.shell.Secret
import org.linkctl.shell.Step
import org.linkctl.spi.Answer
import org.linkctl.spi.Question
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** Scripts and replies under every shell there is here. */
@Timeout(60)
class ExchangeSpec extends Specification {
    static final Limits LIMITS = Limits.of(Duration.ofSeconds(30))

    @TempDir File folder

    def ask(List<String> shell, Question... questions) {
        inOrder(Shells.talk(shell, Exchange.questions(questions.toList(), LIMITS)), questions)
    }

    /** Answers keep no order of their own. */
    static LinkedHashMap<Question<?>, Answer> inOrder(answers, Question... questions) {
        questions.collectEntries { [it, answers.byQuestion()[it]] }
    }

    StepResult run(List<String> shell, Step step) { Shells.talk(shell, doing(step)).first() }

    static Exchange<List<StepResult>> doing(Step... steps) { Exchange.steps(steps.toList(), LIMITS, StepProgress.NONE) }

    String mode(File file) { PosixFilePermissions.toString(Files.getPosixFilePermissions(file.toPath())) }

    Set<String> scratch() {
        ['/run', '/dev/shm', '/tmp', '/var/tmp'].collectMany { (new File(it).list() ?: []).toList() }.findAll { it.startsWith('linkctl.') } as Set
    }

    def 'statuses and both streams of #shell'() {
        when:
        def answers = ask(shell,
                Question.command('sh', '-c', 'echo out; echo err >&2; exit 7'),
                Question.command('printf', '%s', 'no newline'),
                Question.command('no-such-command-at-all'),
                Question.command('true'),
                Question.command('command', '-v', 'cat'),
                Question.command('cat'),
                Question.command('sh', '-c', 'kill -9 $$'),
                Question.command('sh', '-c', 'echo "$LC_ALL $PATH"'))

        then:
        answers.values().toList()[0] == new Answer.Output(7, 'out\n', 'err\n')
        answers.values().toList()[1] == new Answer.Output(0, 'no newline', '')
        answers.values().toList()[2].exit() == 127
        answers.values().toList()[3] == new Answer.Output(0, '', '')
        answers.values().toList()[4].stdout().endsWith('/cat\n')
        answers.values().toList()[5] == new Answer.Output(0, '', '')
        answers.values().toList()[6].exit() == 137
        answers.values().toList()[7].stdout() == 'C /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n'

        where:
        shell << Shells.PRESENT
    }

    def 'files of #shell: exact, absent or unreadable'() {
        given:
        new File(folder, 'plain').text = 'two\nlines without an end'
        new File(folder, 'empty').text = ''
        new File(folder, 'utf').setText('größer\n', 'UTF-8')
        new File(folder, 'latin').setBytes([0x67, 0xf6, 0x0a] as byte[])
        new File(folder, "odd ' \" \$(id) \n name").text = 'odd'
        new File(folder, 'exact').bytes = new byte[Limits.MIB].tap { Arrays.fill(it, (byte) 'x') }
        new File(folder, 'big').bytes = new byte[Limits.MIB + 1].tap { Arrays.fill(it, (byte) 'x') }
        Files.createSymbolicLink(new File(folder, 'dangling').toPath(), new File(folder, 'nowhere').toPath())
        new ProcessBuilder('mkfifo', "$folder/fifo").start().waitFor()

        when:
        def answers = ask(shell, *['plain', 'empty', 'utf', 'latin', "odd ' \" \$(id) \n name", 'exact', 'big', 'dangling', 'fifo', 'gone', 'plain/below', '.']
                .collect { Question.file("$folder/$it") }).collectEntries { q, a -> [q.path() - "$folder/", a] }

        then:
        answers.plain == new Answer.Text('two\nlines without an end')
        answers.empty == new Answer.Text('')
        answers.utf == new Answer.Text('größer\n')
        answers.latin == new Answer.Unreadable('not UTF-8')
        answers["odd ' \" \$(id) \n name".toString()] == new Answer.Text('odd')
        answers.exact.text().length() == Limits.MIB
        answers.big == new Answer.Unreadable('more than 1 MiB, which is the most that is read of one file or command')
        answers.dangling == new Answer.Absent()
        answers.fifo == new Answer.Unreadable('not a regular file')
        answers.gone == new Answer.Absent()
        answers['plain/below'] == new Answer.Absent()
        answers['.'] == new Answer.Unreadable('not a regular file')

        where:
        shell << Shells.PRESENT
    }

    def 'a hidden file is hidden in #shell, and everywhere after'() {
        given:
        new File(folder, 'key').text = 'TOPSECRET=\n'

        when:
        def answers = ask(shell, Question.secret("$folder/key"), Question.secret("$folder/none"))

        then:
        answers[Question.secret("$folder/key")] == new Answer.Hidden(new Secret('TOPSECRET=\n'))
        answers[Question.secret("$folder/none")] == new Answer.Absent()
        !answers.toString().contains('TOPSECRET')

        where:
        shell << Shells.PRESENT
    }

    def 'hostile words round-trip through #shell'() {
        given:
        def random = new Random(20260101)
        def alphabet = ['\'', '"', '\\', '$', '`', '!', '*', '?', '[', '{', '~', '#', ';', '&', '|', '<', '>', '(', ')', ' ', '\t', '\n', '\r',
                        'a', '-', '=', '%', '\u0001', '\u007f', 'é', '漢', '🙂', '$(id)', '${IFS}', '!!', "'\\''", 'EOF']
        def words = (1..40).collect { (0..random.nextInt(12)).collect { alphabet[random.nextInt(alphabet.size())] }.join('') }
        def questions = words.collect { Question.command('printf', '%s', it) }

        when:
        def answers = ask(shell, *questions)

        then:
        words.every { answers[Question.command('printf', '%s', it)] == new Answer.Output(0, it, '') }

        where:
        shell << Shells.PRESENT
    }

    def 'any content arrives exactly by #shell, with its mode, in folders that are made'() {
        given:
        def random = new Random(7)
        def content = (0..<5000).collect { (char) random.nextInt(0x250) }.join('') + "%s %% \\n \\0 'EOF' - -- \u0000 end"
        def target = new File(folder, "new/deep er/it's")

        when:
        def result = run(shell, new Step.PutFile(target.path, '0640', Content.of(content)))

        then:
        result == new StepResult(0, '')
        target.getText('UTF-8') == content
        mode(target) == 'rw-r-----'
        mode(target.parentFile) == 'rwxr-xr-x'
        target.parentFile.list() == ["it's"] as String[]

        where:
        shell << Shells.PRESENT
    }

    def 'special starts of a content in #shell: #content'() {
        when:
        def target = new File(folder, 'f')
        target.text = 'old'
        def result = run(shell, new Step.PutFile(target.path, '0600', Content.of(new Secret(content))))

        then:
        result.ok()
        target.text == content
        mode(target) == 'rw-------'

        where:
        [shell, content] << [Shells.PRESENT, ['', '\n', '-n x\n-e', '--', '%', '\\', "'", '\n\n\n', 'x' * 3000 + '\n-']].combinations()
    }

    def 'generated files, removals and values in #shell'() {
        given:
        def file = new File(folder, 'f')
        def kernel = new File(folder, 'kernel')
        kernel.text = 'before, and much longer'

        expect: 'a file is generated once'
        run(shell, new Step.GenerateFile(file.path, '0600', Argv.of('printf', '%s\\n', 'made'))).ok()
        file.text == 'made\n'
        mode(file) == 'rw-------'
        run(shell, new Step.GenerateFile(file.path, '0600', Argv.of('printf', '%s\\n', 'again'))).ok()
        file.text == 'made\n'

        and: 'or not at all'
        def fails = run(shell, new Step.GenerateFile("$folder/g", '0600', Argv.of('sh', '-c', 'echo half; echo why >&2; exit 3')))
        !fails.ok() && fails.output().contains('why')
        !run(shell, new Step.GenerateFile("$folder/g", '0600', Argv.of('true'))).ok()
        !new File(folder, 'g').exists()

        and:
        run(shell, new Step.WriteValue(kernel.path, "it's 1 -n")).ok()
        kernel.text == "it's 1 -n\n"
        run(shell, new Step.WriteValue("$folder/none", '1')).output().contains('no such file')
        !new File(folder, 'none').exists()

        and:
        run(shell, new Step.RemoveFile(file.path)).ok()
        run(shell, new Step.RemoveFile(file.path)).ok()
        !file.exists()

        and:
        run(shell, Step.run('sh', '-c', 'echo out; echo err >&2; exit 4')) == new StepResult(4, 'out\nerr')
        run(shell, Step.run('sh', '-c', 'umask')).output() == '0022'
        run(shell, Step.run('no-such-command')).exit() == 127
        !run(shell, new Step.PutFile(folder.path, '0600', Content.of('x'))).ok()

        and: 'nothing of ours is left in the folder'
        folder.list().sort() == ['kernel'] as String[]

        where:
        shell << Shells.PRESENT
    }

    def 'of a flood by a step, #shell sends the end'() {
        when:
        def result = run(shell, Step.run('sh', '-c', 'i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done; exit 1'))

        then:
        result.exit() == 1
        result.output().endsWith('line 19999')
        result.output().length() <= 64 * 1024

        where:
        shell << Shells.PRESENT
    }

    def 'an endless command is stopped by its size, others go on: #shell'() {
        when:
        def answers = ask(shell, Question.command('yes'), Question.command('sh', '-c', 'yes >&2'), Question.command('echo', 'after')).values().toList()

        then:
        answers[0] == new Answer.Unreadable('more than 1 MiB, which is the most that is read of one file or command')
        answers[1] == new Answer.Unreadable('more than 1 MiB, which is the most that is read of one file or command')
        answers[2] == new Answer.Output(0, 'after\n', '')

        where:
        shell << Shells.PRESENT
    }

    def 'a command that hangs is ended on the host, others go on: #shell'() {
        given:
        def limits = Limits.of(Duration.ofSeconds(1))

        when:
        Question[] questions = [Question.command('sleep', '1000'), Question.command('sh', '-c', "trap '' TERM; while :; do :; done"), Question.command('echo', 'after')]
        def answers = inOrder(Shells.talk(shell, Exchange.questions(questions.toList(), limits)), questions).values().toList()
        def step = Shells.talk(shell, Exchange.steps([Step.run('sleep', '1000')], limits, StepProgress.NONE)).first()

        then:
        answers[0] == new Answer.Unreadable('took longer than 1 s')
        answers[1] == new Answer.Unreadable('took longer than 1 s')
        answers[2] == new Answer.Output(0, 'after\n', '')
        step.exit() == StepResult.TOO_LONG

        where:
        shell << Shells.PRESENT
    }

    def 'the marker itself in an answer is only an answer: #shell'() {
        given:
        def script = Exchange.questions([Question.file("$folder/f"), Question.command('echo', 'x')], LIMITS)
        def nonce = (new String(script.input(), StandardCharsets.ISO_8859_1) =~ /lc_begin (\S+)/)[0][1]
        new File(folder, 'f').text = "$nonce end\n$nonce done 1 0\n\n$nonce end\n"

        expect:
        Shells.talk(shell, script).to(Question.file("$folder/f")).get() == "$nonce end\n$nonce done 1 0\n\n$nonce end\n"

        where:
        shell << Shells.PRESENT
    }

    def 'a script that was cut off does nothing: #shell'() {
        given: 'the same step has run before in the same shell'
        def touch = doing(Step.run('touch', "$folder/touched"))
        def opening = new ShellStart(LIMITS)
        def exchange = doing(Step.run('touch', "$folder/touched"))
        byte[] input = exchange.input()
        String text = new String(input, StandardCharsets.ISO_8859_1)
        int whole = text.indexOf('_m\nunset') + 2
        def cuts = [1, 20, 34, 36, 37, 38, 40, 50, text.indexOf('_m()'), text.indexOf('_m()') + 2, text.indexOf('lc_do') + 8]
        cuts += (whole - 45..<whole).toList()

        expect:
        cuts.every { int length ->
            def process = new ProcessBuilder(shell).redirectErrorStream(true).start()
            process.outputStream.withCloseable {
                it.write(opening.input())
                it.write(touch.input())
                it.flush()
                opening.read(process.inputStream)
                assert touch.read(process.inputStream)*.ok() == [true]
                assert new File(folder, 'touched').delete()
                it.write(input, 0, length)
            }
            process.inputStream.text
            process.waitFor()
            assert !new File(folder, 'touched').exists()
            true
        }

        where:
        shell << Shells.PRESENT
    }

    def 'nothing is left behind by #shell, even where the other side goes away'() {
        given:
        def before = scratch()
        def opening = new ShellStart(LIMITS)
        def process = new ProcessBuilder(shell).redirectError(ProcessBuilder.Redirect.DISCARD).start()
        process.outputStream.withCloseable {
            it.write(opening.input())
            it.write(Exchange.questions([Question.command('sleep', '0.3'), Question.command('echo', 'x')], LIMITS).input())
        }
        process.inputStream.read()
        process.inputStream.close()
        process.waitFor()
        ask(shell, Question.command('true'))

        expect: 'what the shell itself could not take away, its watcher does at the next look'
        new PollingConditions(timeout: 10, delay: 0.1).eventually { assert scratch() - before == [] as Set }

        where:
        shell << Shells.PRESENT
    }

    def 'no process of #shell shows what is written'() {
        given:
        def content = 'VERY-SECRET-VALUE\n' * 2000
        def shown = []
        def stop = false
        def watcher = Thread.startDaemon {
            while (!stop) {
                new File('/proc').listFiles()?.each { dir ->
                    if (!dir.name.isInteger()) return
                    try {
                        if (new File(dir, 'cmdline').text.contains('VERY-SECRET')) shown << dir.name
                    } catch (IOException ignored) {
                    }
                }
            }
        }

        when:
        20.times { run(shell, new Step.PutFile("$folder/s", '0600', Content.of(new Secret(content)))) }
        stop = true
        watcher.join()

        then:
        shown == []

        where:
        shell << Shells.PRESENT
    }
}
