package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.atomic.AtomicInteger
import org.linkctl.cli.context.Installation
import org.linkctl.engine.Events
import org.linkctl.engine.HostPlan
import org.linkctl.engine.Outcome
import org.linkctl.engine.ssh.SshConnector
import org.linkctl.lab.Lab
import org.linkctl.lab.Poll
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import org.linkctl.model.Host
import org.linkctl.modules.Modules
import org.linkctl.plan.Planner
import org.linkctl.shell.Step
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/**
 * A real apply on a real host, killed at each of its steps in turn, those of the guard included: the connection, linkctl
 * or the host. Then the host is as it was or as it shall be, the next apply converges, and nothing is left that waits.
 * Builds of everybody sweep every step, too, on hosts that are folders of one machine: the engine's KilledSpec.
 */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('KilledLabSpec, a real apply killed at every step; KilledSpec of the engine sweeps every step in this build as well') })
class KilledLabSpec extends Specification {
    /** Two states of one host. To go from either to the other takes the same steps, so each serves as the way back. */
    private static final Map<String, String> STATES = [
        one: '''bond('bond0', mode: LACP, hash: LAYER3_4, members: ['eth1', 'eth2'], address: '10.2.3.4/24')
            sysctl('net.ipv4.tcp_fin_timeout', 50)
            firewall { allow(inbound: 'bond0', proto: TCP, port: 8080); nat(outbound: 'bond0', from: '10.7.0.0/16') }
            file('/etc/lab/killed.conf', text: 'one\\n', mode: '0640')
            timer('tick', every: '6h', run: ['/bin/true'])''',
        two: '''bond('bond0', mode: LACP, hash: LAYER2, members: ['eth1', 'eth2'], address: '10.2.3.5/24')
            sysctl('net.ipv4.tcp_keepalive_intvl', 70)
            firewall { allow(inbound: 'bond0', proto: TCP, port: 8081); nat(outbound: 'bond0', from: '10.8.0.0/16') }
            file('/etc/lab/killed.conf', text: 'two\\n', mode: '0644')
            timer('tick', every: '12h', run: ['/bin/true'])''']

    /** What an apply changes here besides files, and nothing that a restart chooses anew. */
    private static final String STATE = HostFiles.UNITS + '''
        ip -o address show scope global | grep -v ' tentative ' | awk '{ print $2, $4 }' | sort
        for f in -4 -6; do ip -o $f route show proto static; ip -o $f route show proto boot; done
        cut -d' ' -f1 /sys/class/net/bond0/bonding/mode /sys/class/net/bond0/bonding/xmit_hash_policy
        tr ' ' '\\n' </sys/class/net/bond0/bonding/slaves | sort
        sysctl net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl
        nft -s list ruleset
        systemctl show --property=ActiveState --property=TimersCalendar linkctl-timer-tick.timer | sed 's/ ; next_elapse=.*//'
    '''

    /** Guards, locks, temporary files, shells, runs that wait. */
    private static final String LEFT = '''
        ls /var/lib/linkctl | grep -vx -e guard -e owned -e runs
        ls -d /etc/systemd/system/linkctl-guard* /etc/systemd/system/*/linkctl-guard* /run/linkctl/drained/* 2>/dev/null
        find /etc /usr/local /var/lib/linkctl /run /tmp /var/tmp /dev/shm -xdev \\( -name '.linkctl.*' -o -name '*.linkctl-undo' -o -name '*.new' -o -name 'linkctl.??????????' \\)
        systemctl list-units --all --no-legend --plain 'linkctl-guard*'
        grep -Lx -e confirmed -e undone /var/lib/linkctl/runs/*/state
        true
    '''

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Wire wire
    @Shared Map<String, List<String>> dumps = [:]
    /** The steps of an apply that nobody kills, and those of the last one. */
    @Shared int steps
    @Shared int begun
    @Shared String now = 'one'
    @Shared int killed

    def setupSpec() {
        temporary = Lab.temporary(Topologies.one(2), { println it })
        lab = temporary.lab()
        String config = Files.readString(lab.sshConfig())
        int port = (config =~ /Port (\d+)/)[0][1] as int
        wire = new Wire(port)
        Files.writeString(folder.resolve('ssh_config'), config.replace("Port $port", "Port $wire.port\n    HostKeyAlias [127.0.0.1]:$port"))
        STATES.each { name, words ->
            Files.writeString(folder.resolve("${name}.groovy"), "fabric('killed') {\n    site('a', lan: '10.2.3.0/24') {\n        host('a-gw', os: LINUX, ssh: 'ops@host') {\n            $words\n        }\n    }\n}\n")
        }
    }

    def cleanupSpec() {
        wire?.close()
        temporary?.close()
        println "KilledLabSpec: killed $killed times in all"
    }

    private String on(String script) {
        lab.exec('host', script).orThrow()
    }

    private List<String> words(String command, String state) {
        [command, folder.resolve("${state}.groovy"), '-F', folder.resolve('ssh_config'), '--color', 'never', '--connect-timeout', RealHosts.time(5)]*.toString()
    }

    private Command linkctl(String command, String state, Object... more) {
        Command.run(*words(command, state), *more)
    }

    private Command apply(String state) {
        linkctl('apply', state, '--yes', '--allow-cut', '--lock-timeout', '90s')
    }

    private List<String> killable(String state, String patience = '60s') {
        words('apply', state) + ['--yes', '--allow-cut', '--confirm-within', patience]
    }

    /** Signs of life come when they come, and change nothing. */
    private static boolean counts(String command) {
        !(command =~ /guard alive /)
    }

    /** Tells of each step when the host says that it begins. */
    private static class Steps implements Events {
        final Events shown
        final Closure<?> begun

        Steps(Events shown, Closure<?> begun) {
            this.shown = shown
            this.begun = begun
        }

        void trace(Host host, String text) {
            if (text.startsWith('$ ') && counts(text)) begun.call()
            shown.trace(host, text)
        }

        void connecting(Host host) { shown.connecting(host) }

        void probing(Host host, int questions) { shown.probing(host, questions) }

        void planned(Host host, HostPlan plan) { shown.planned(host, plan) }

        void step(Host host, Step step, int number, int of) { shown.step(host, step, number, of) }

        void ended(Host host, Outcome outcome) { shown.ended(host, outcome) }

        void notice(Host host, String text) { shown.notice(host, text) }
    }

    /** An apply in this process, and something that happens when a step begins, counted from 0. */
    private Command during(String state, int step, Closure<?> act) {
        def seen = new AtomicInteger()
        def watched = { if (seen.getAndIncrement() == step) act() }
        def parts = new Installation(new Planner(Modules.all()), { settings, events -> new SshConnector(settings, new Steps(events, watched)) })
        def ended = Command.with(parts, killable(state))
        begun = seen.get()
        ended
    }

    /** The same in a process of its own, which is killed then. */
    private Command process(String state, int step) {
        int seen = 0
        def ended = KilledProcess.run(folder, killable(state, '15s') + ['-v'], { String line -> line.startsWith('a-gw| $ ') && counts(line) && seen++ == step })
        begun = seen
        ended
    }

    private List<String> image() {
        HostFiles.dump(lab, 'host') + on(STATE).readLines()
    }

    private static List<String> difference(List<String> was, List<String> is) {
        HostFiles.moved(was, is, HostFiles.MAY_DIFFER_BY_RESTART)
    }

    private boolean answers() { RealHosts.answers(lab, 'host') }

    /** @return what is wrong then; empty where nothing is */
    private String after(String how, int step) {
        String next = now == 'one' ? 'two' : 'one'
        long start = System.nanoTime()
        Command cut = how == 'linkctl' ? process(next, step) : during(next, step, { how == 'host' ? lab.crash('host') : wire.cut() })
        killed++
        assert begun > step : "step $step was not reached: $cut"
        String told = cut.out.readLines().findAll { it =~ /ROLLED BACK|UNREACHABLE|FAILED|NOT CONVERGED|LOCKED|^Apply:/ }.join('; ')
        Poll.until('the host answers', Duration.ofSeconds(120), { answers() })
        if (how == 'host') on('systemctl is-system-running --wait >/dev/null || true')
        Poll.until('nothing waits to be undone', Duration.ofSeconds(120), { on('ls /var/lib/linkctl/armed 2>/dev/null || true').empty })
        def is = image()
        String where = ['one', 'two'].find { difference(dumps[it], is).empty }
        String wrong = where ? '' : "neither as before nor as wanted; to what was: ${difference(dumps[now], is)}; to what shall be: ${difference(dumps[next], is)}\n"
        if (cut.status == 0 && where != next) wrong += "it said that all is well, and it is $where: $cut\n"
        def again = apply(next)
        if (again.status != 0) wrong += "the next apply: $again\n"
        def plan = linkctl('plan', next)
        if (plan.sum() != 'Nothing to do: 1 host converged') wrong += "the plan after it: $plan\n"
        try {
            Poll.until('nothing is left', Duration.ofSeconds(60), { on(LEFT).empty })
        } catch (Throwable late) {
            wrong += "left: ${on(LEFT)}\n"
        }
        wrong += difference(dumps[next], image()).join('\n')
        now = next
        println "killed $how at step $step of $steps: ${where == null ? 'BETWEEN' : where == next ? 'as it shall be' : 'as it was'}, ${(System.nanoTime() - start).intdiv(1_000_000_000)} s ($told) ${wrong ? 'WRONG' : ''}"
        wrong ? "$how at step $step ($cut): $wrong" : ''
    }

    def 'how many steps there are, and what each end of them is'() {
        given:
        assert during('one', -1, {}).status == 0

        when:
        def counts = ['two', 'one'].collect { state ->
            def applied = during(state, -1, {})
            assert applied.status == 0 : applied
            dumps[state] = image()
            begun
        }
        steps = counts[0]

        then:
        counts[0] == counts[1]
        steps > 20
        difference(dumps.one, dumps.two).size() > 10
        on(LEFT).empty
    }

    def 'killed at every step: #how'() {
        when:
        int stride = Integer.getInteger('linkctl.killed.stride', 1)
        def wrong = (0..<steps).findAll { it % stride == Integer.getInteger('linkctl.killed.first', 0) }.collect { step -> after(how, step) }.findAll()
        println "KilledLabSpec: $how killed at each of $steps steps${stride == 1 ? '' : ", but only every ${stride}th"}: ${wrong.size()} went wrong"
        wrong.each { println it }

        then:
        wrong == []

        where:
        how << (System.getProperty('linkctl.killed.how')?.tokenize(',') ?: ['connection', 'linkctl', 'host'])
    }

    /** A way to the host that can be cut like a cable with a knife in it: both sides are told, at once. */
    private static class Wire implements Closeable {
        final ServerSocket server = new ServerSocket(0, 16, InetAddress.loopbackAddress)
        final int port = server.localPort
        private final List<Socket> open = Collections.synchronizedList([])

        Wire(int to) {
            Thread.startVirtualThread {
                while (!server.closed) {
                    try {
                        Socket near = server.accept()
                        Socket far = new Socket(InetAddress.loopbackAddress, to)
                        open << near << far
                        pump(near, far)
                        pump(far, near)
                    } catch (IOException ended) {
                        // The next one may do; a server that is closed ends the loop.
                    }
                }
            }
        }

        private static void pump(Socket from, Socket to) {
            Thread.startVirtualThread {
                try {
                    from.inputStream.transferTo(to.outputStream)
                } catch (IOException ended) {
                    // It was cut.
                } finally {
                    from.close()
                    to.close()
                }
            }
        }

        void cut() {
            open.toArray().each { ((Socket) it).close() }
            open.clear()
        }

        void close() {
            server.close()
            cut()
        }
    }
}
