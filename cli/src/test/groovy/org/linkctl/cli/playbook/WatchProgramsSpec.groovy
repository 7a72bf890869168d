package org.linkctl.cli.playbook

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.cli.ShellCheck
import spock.lang.IgnoreIf
import spock.lang.Specification
import spock.lang.TempDir
import spock.util.concurrent.PollingConditions

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
        new PollingConditions(timeout: 15, delay: 0.05).eventually { assert Files.readString(folder.resolve('f')).count(' bytes from ') >= 3 }
        run('end', ping) == [0, '']
        !runs(pid)
        !Files.exists(folder.resolve('f.pid'))
        with(PingResult.read(Files.readString(folder.resolve('f')), 1, 200)) {
            sent() >= 3
            lost() == 0
        }
    }

    /** Prints as iperf3 3.12 does as a client that receives, with two connections; one gets nothing in three intervals. */
    private static final String IPERF3 = $/
        $$| = 1;
        $$SIG{INT} = sub { print "[  5]   0.00-1.00   sec  9.77 KBytes  80.0 Kbits/sec                  receiver\niperf3: interrupt - the client has terminated\n"; exit 0 };
        print "Connecting to host 192.0.2.1, port 5201\nReverse mode, remote host 192.0.2.1 is sending\n[ ID] Interval           Transfer     Bitrate\n";
        for my $$n (0 .. 60) {
            for my $$id (5, 17) {
                my $$bytes = $$id == 17 && $$n > 0 && $$n < 4 ? "0.00 Bytes  0.00 bits/sec" : "1.95 KBytes  80.0 Kbits/sec";
                printf "[%3d]   %.2f-%.2f   sec  %s\n", $$id, $$n / 5, $$n / 5 + 0.2, $$bytes;
            }
            print "[SUM]   0.00-0.20   sec  0.00 Bytes  0.00 bits/sec\n- - - - -\n";
        }
        sleep 20;
        /$

    def 'TCP connections tell the longest time without data, and on how many it was long'() {
        given:
        def client = ['perl', '-e', IPERF3] as String[]

        expect:
        run('tcp', client) == [0, '']
        long pid = pid()
        run('end', client) == [0, '']
        !runs(pid)
        TcpResult.read(Files.readString(folder.resolve('f'))) == new TcpResult(0.6, 1, 2, '')
    }

    def 'connections that do not come about are told at once'() {
        expect:
        run('tcp', 'perl', '-e', 'print "iperf3: error - unable to connect to server: Connection refused\n"; exit 1') ==
                [1, 'iperf3: error - unable to connect to server: Connection refused\nno data came over a TCP connection to port 5201; both hosts need iperf3\n']
    }

    def 'connections that broke say so'() {
        expect:
        TcpResult.read('begun\niperf3: error - idle timeout for receiving data\nlongest 120.2, 16 of 16\n').text() ==
                'TCP 120.2 s without data at most, 16 of 16 connections for half a second, and then broke (iperf3: error - idle timeout for receiving data)'
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
