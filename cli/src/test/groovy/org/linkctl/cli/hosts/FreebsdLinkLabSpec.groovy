package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import org.linkctl.lab.FreebsdImage
import org.linkctl.lab.Lab
import org.linkctl.lab.Poll
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/** inventories/ecmp-mixed.groovy on real hosts: two tunnels between Linux and FreeBSD, one of them silenced, FreeBSD rebooted. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.freebsd('tunnels between Linux and FreeBSD') })
class FreebsdLinkLabSpec extends Specification {
    private static final String APP_A = '10.2.3.4'
    private static final String APP_B = '10.5.6.8'
    private static final String IN_B = 'ip netns exec b-app'

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path inventory

    def setupSpec() {
        temporary = Lab.temporary(Topologies.mixed(FreebsdImage.of(System.getenv()).orElseThrow()), { println it })
        lab = temporary.lab()
        inventory = folder.resolve('ecmp-mixed.groovy')
        // The file as it is, with these hosts' names for its own; b-app is not a host of its own here.
        Files.writeString(inventory, Files.readString(Path.of('../inventories/ecmp-mixed.groovy'))
                .replace('admin@192.0.2.10', 'ops@a-gw').replace('admin@203.0.113.1', 'b-gw')
                .replace("nic('eth1', address: '10.2.3.4/24')", "bond('bond0', mode: LACP, members: ['eth1'], address: '10.2.3.4/24')")
                .replace('igb1', 'vtnet1')
                .replaceAll(/(?s)        host\('b-app'.*?\n        }\n/, ''))
        on('a-gw', Talk.server('a'))
        on('sw', "$IN_B ${Talk.server('b')}")
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private Command linkctl(String name, Object... more) {
        Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more)
    }

    private Command plan() { linkctl('plan', '--detailed-exitcode') }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    private static void eventually(String what, int seconds, Closure<Boolean> condition) {
        Poll.until(what, Duration.ofSeconds(seconds), { condition() as boolean })
    }

    /** The tunnels that FreeBSD's routes to site A go over now. */
    private Set<String> ways() {
        on('b-gw', 'netstat -rn -f inet').readLines().findAll { it.startsWith('10.2.3.0/24 ') }
                .collect { it.split(/\s+/)[3] } as Set
    }

    /** The hosts behind the gateways reach each other, both ways, by a ping and by TCP. */
    private void flows() {
        eventually('site A answers', 30) { lab.exec('sw', "$IN_B ping -c 1 -W 2 $APP_A").exit() == 0 }
        assert on('sw', "$IN_B ping -c 5 -i 0.2 -W 5 $APP_A").contains(' 0% packet loss')
        assert on('a-gw', "ping -c 5 -i 0.2 -W 5 -I $APP_A $APP_B").contains(' 0% packet loss')
        assert on('sw', "$IN_B ${Talk.lines(APP_A, 100, 0, 4096)}").strip() == 'whole'
        assert on('a-gw', Talk.lines(APP_B, 100, 0, 4096)).strip() == 'whole'
    }

    def 'one plan, one apply, and nothing left to do'() {
        expect:
        plan().status == 2

        when:
        def applied = linkctl('apply', '--yes')

        then:
        applied.status == 0
        applied.sum() == 'Apply: 2 of 2 hosts converged (2 changed)'

        when:
        def again = plan()

        then:
        again.status == 0
        again.sum() == 'Nothing to do: 2 hosts converged'
    }

    def 'traffic flows both ways, and verify finds all in health'() {
        expect:
        flows()
        ways() == ['wg0', 'wg1'] as Set
        on('b-gw', 'sysctl -n net.route.multipath').strip() == '1'
        eventually('all is in health', 60) { linkctl('verify').status == 0 }
    }

    def 'a tunnel that falls silent leaves the route, and comes back when it speaks again'() {
        when: 'the router drops what it carries'
        on('sw', 'nft add table ip cut; nft add chain ip cut pass "{ type filter hook forward priority -10; }"; nft add rule ip cut pass udp dport 5000 drop')
        long cut = System.nanoTime()
        eventually('one way is left', 60) { ways() == ['wg1'] as Set }
        println "a silent tunnel left FreeBSD's route after ${(System.nanoTime() - cut).intdiv(1_000_000)} ms"

        then:
        flows()

        when:
        on('sw', 'nft delete table ip cut')
        cut = System.nanoTime()
        eventually('both ways are back', 90) { ways() == ['wg0', 'wg1'] as Set }
        println "it was back after ${(System.nanoTime() - cut).intdiv(1_000_000)} ms"

        then:
        flows()
        eventually('nothing is left to do', 30) { plan().status == 0 }
    }

    private Map<String, List<String>> files() { HostFiles.of(lab, ['a-gw', 'b-gw']) }

    /** Both ends of both tunnels, and the route with them, get another keepalive. */
    private void keepalive(int from, int to) {
        String text = Files.readString(inventory)
        assert text.contains("keepalive: $from")
        Files.writeString(inventory, text.replace("keepalive: $from", "keepalive: $to"))
    }

    def 'linkctl is killed right after its first steps: each end undoes its part, and every file is what it was'() {
        given:
        def before = files()
        keepalive(10, 15)

        when:
        int seen = 0
        KilledProcess.run(folder, ['apply', inventory, '-F', lab.sshConfig(), '--color', 'never', '--yes', '--allow-cut', '--confirm-within', RealHosts.time(10), '--connect-timeout', RealHosts.time(10), '-v'],
                { String line -> line =~ /^[ab]-gw\| \$ / && !line.contains('/var/lib/linkctl/') && ++seen == 2 })
        ['a-gw', 'b-gw'].each { host -> eventually("$host has undone it", 120) { on(host, 'ls -d /var/lib/linkctl/armed 2>/dev/null || true').empty } }

        then:
        seen >= 2
        List<String> differs = HostFiles.movedOf(before, files(), HostFiles.MAY_DIFFER_BY_KILL)
        differs == []
        flows()

        cleanup:
        keepalive(15, 10)
    }

    def 'a confirmed change is rolled back on both, and every file is what it was'() {
        given:
        def before = files()
        keepalive(10, 20)

        when:
        def applied = linkctl('apply', '--yes', '--allow-cut')
        def rolled = linkctl('rollback', '--yes')

        then:
        applied.status == 0
        rolled.status == 0
        List<String> differs = HostFiles.movedOf(before, files(), HostFiles.MAY_DIFFER_BY_KILL)
        differs == []
        flows()

        cleanup:
        keepalive(20, 10)
    }

    def 'after a reboot of FreeBSD it still is what was declared, and the traffic flows'() {
        when:
        lab.reboot('b-gw')
        Command planned = null
        eventually('both are as declared', 120) {
            planned = plan()
            planned.status == 0
        }

        then:
        planned.sum() == 'Nothing to do: 2 hosts converged'
        ways() == ['wg0', 'wg1'] as Set
        flows()
        linkctl('verify').status == 0
    }
}
