package org.linkctl.cli.playbook

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.cli.ShellCheck
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir

/** What begins and ends a ping on a host, with a real shell and real programs. */
class WatchProgramsSpec extends Specification {
    static final Path PROGRAMS = Path.of('src/main/resources/org/linkctl/cli/playbook')

    @TempDir
    Path folder

    private List run(String program, String... words) {
        def shell = new ProcessBuilder(['/bin/sh', '-c', Files.readString(PROGRAMS.resolve("watch-${program}.sh")), 'sh',
                                        folder.resolve('f').toString()] + words.toList()).redirectErrorStream(true).start()
        def said = shell.inputStream.text
        assert shell.waitFor(20, TimeUnit.SECONDS)
        [shell.exitValue(), said]
    }

    private long pid() { Files.readString(folder.resolve('f.pid')).strip().toLong() }

    private static boolean runs(long pid) { ProcessHandle.of(pid).map { it.alive }.orElse(false) }

    def 'a ping tells what it met when it is ended'() {
        given:
        def ping = ['ping', '-4', '-n', '-i', '0.2', '-w', '20', '-I', '127.0.0.1', '127.0.0.1'] as String[]

        expect:
        run('begin', ping) == [0, '']
        long pid = pid()
        Thread.sleep(700)
        run('end', ping) == [0, '']
        !runs(pid)
        !Files.exists(folder.resolve('f.pid'))
        with(PingResult.read(Files.readString(folder.resolve('f')), 1, 200)) {
            sent() >= 3
            lost() == 0
        }
    }

    def 'what has ended by itself is read all the same, and who has its number now is left alone'() {
        given:
        def foreign = new ProcessBuilder('sleep', '30').start()
        run('begin', 'true')
        Files.writeString(folder.resolve('f.pid'), "${foreign.pid()}\n")

        expect:
        run('end', 'true') == [0, '']
        foreign.alive

        cleanup:
        foreign.destroy()
    }

    def 'what is not there any more is told'() {
        expect:
        run('end', 'true') == [3, 'it is not there any more; has the host been rebooted?\n']
    }

    @IgnoreIf({ ShellCheck.missing() })
    def 'ShellCheck warns of nothing in them'() {
        given:
        def texts = PROGRAMS.toFile().listFiles().findAll { it.name.endsWith('.sh') }.collectEntries { [it.name, it.text] }

        expect:
        texts.size() >= 2
        texts.values().every { it.startsWith('#!/bin/sh\n') }
        ShellCheck.warnings(folder, texts) == []
    }
}
