package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
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

/**
 * linkctl is killed between two gateways right after its first steps: the first apply, and one that changes a route which
 * is there. Each end undoes its part by itself, and every file of both is what it was; a reboot finds the routes.
 */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('KilledRouteLabSpec, linkctl killed between two gateways') })
class KilledRouteLabSpec extends Specification {
    private static final List<String> GATEWAYS = ['a-gw', 'b-gw']

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path inventory
    @Shared Map<String, List<String>> before

    def setupSpec() {
        temporary = Lab.temporary(Topologies.twoSites(2, Topologies.Nat.SITE_A), { println it })
        lab = temporary.lab()
        inventory = folder.resolve('killed-route.groovy')
        // Packages stay, whatever becomes of a run; so they are there from the beginning.
        GATEWAYS.each { on(it, 'apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends wireguard-tools nftables iputils-ping iperf3 ifenslave') }
        // What linkctl did not make, with names that a shell could read otherwise; and folders that are there and empty.
        GATEWAYS.each { on(it, "mkdir -p /usr/local/lib/linkctl /etc/wireguard; echo ours >'/usr/local/lib/linkctl/route-of somebody else'; ln -s '/etc/no such file' '/etc/wireguard/a link'; echo 'x' >/etc/systemd/network/50-own.network.example") }
        write(10)
    }

    def cleanupSpec() {
        temporary?.close()
    }

    /** @param keepalive of both tunnels: with another one both ends of both change, and the route with them */
    private void write(int keepalive, String route = "hash: L4, failover: WATCH") {
        def tunnels = [0, 1].collect { """    tunnel('wg$it', keepalive: $keepalive, psk: true) {
        end('a-gw', port: 500$it, address: '10.255.25${it}.2/28')
        end('b-gw', port: 500$it, address: '10.255.25${it}.1/28', endpoint: '203.0.113.1')
    }""" }.join('\n')
        Files.writeString(inventory, """fabric('killed-route') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'ops@a-gw') {
            bond('bond0', mode: LACP, hash: LAYER3_4, members: ['eth1', 'eth2'], address: '10.2.3.4/24')
            sysctl('net.ipv4.tcp_fin_timeout', ${keepalive + 20})
        }
    }
    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: LINUX, ssh: 'ops@b-gw') {
            nic('eth1', address: '10.5.6.7/24')
            sysctl('net.ipv4.tcp_fin_timeout', ${keepalive + 20})
        }
    }
$tunnels
    route(between: ['a', 'b'], via: ['wg0', 'wg1'], $route)
}
""")
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    private List<String> words(String name) {
        [name, inventory, '-F', lab.sshConfig(), '--color', 'never']*.toString()
    }

    private Map<String, List<String>> files() { HostFiles.of(lab, GATEWAYS) }

    /** Whether a step begins that is not the guard's, nor puts what the guard needs. */
    private static boolean changes(String line) {
        line =~ /^[ab]-gw\| \$ / && !line.contains('/var/lib/linkctl/')
    }

    /** An apply that is killed once so many steps began, and both ends have undone what was done there. */
    private Command killed(int after) {
        int seen = 0
        def cut = KilledProcess.run(folder, words('apply') + ['--yes', '--allow-cut', '--confirm-within', RealHosts.time(10), '--connect-timeout', RealHosts.time(10), '-v'], { String line -> changes(line) && ++seen == after })
        assert seen >= after : "it ended by itself: $cut"
        GATEWAYS.each { host ->
            Poll.until("$host has undone it", Duration.ofSeconds(120), { on(host, 'ls -d /var/lib/linkctl/armed 2>/dev/null || true').empty })
        }
        println "killed after $after steps: ${GATEWAYS.collect { "$it ${on(it, 'cd /var/lib/linkctl/runs; for run in *; do [ ! -e "$run/state" ] || echo "$(cat "$run/state")"; done').readLines()}" }}"
        cut
    }

    private void routes() {
        GATEWAYS.each { host ->
            String lan = host == 'a-gw' ? '10.5.6.0/24' : '10.2.3.0/24'
            Poll.until("$host has its routes", Duration.ofSeconds(90), { on(host, "ip route show $lan").findAll('dev wg').size() == 2 })
        }
        Poll.until('the sites reach each other', Duration.ofSeconds(60), { lab.exec('sw', 'ip netns exec b-app ping -c 1 -W 2 10.2.3.4').exit() == 0 })
    }

    def 'the first apply is killed after #steps steps, and leaves no file'() {
        given:
        before = before ?: files()

        when:
        killed(steps)

        then:
        List<String> left = HostFiles.movedOf(before, files(), HostFiles.MAY_DIFFER_BY_KILL)
        left == []

        where:
        steps << [1, 12]
    }

    def 'an apply that nobody kills'() {
        when:
        def applied = Command.run(*words('apply'), '--yes', '--allow-cut')
        before = files()

        then:
        applied.status == 0
        GATEWAYS.every { on(it, 'ls /usr/local/lib/linkctl').readLines() == ['route-a-b', 'route-of somebody else', 'watch-a-b'] }
        routes()
    }

    def 'one that changes what is there is killed after #steps steps, and every file is what it was'() {
        given:
        write(15)

        when:
        killed(steps)

        then:
        List<String> differs = HostFiles.movedOf(before, files(), HostFiles.MAY_DIFFER_BY_KILL)
        differs == []
        routes()

        where:
        steps << [1, 4]
    }

    def 'after a reboot of both all is as apply left it'() {
        given:
        write(10)

        when:
        def differ = NetworkState.differencesAfterReboot(lab, GATEWAYS) { Command.run(*words('plan'), '--detailed-exitcode') }
        routes()

        then:
        differ == []
        List<String> differs = HostFiles.movedOf(before, files(), HostFiles.MAY_DIFFER_BY_RESTART)
        differs == []
    }

    def 'a confirmed change with new keys is rolled back on both, and every file is what it was'() {
        given:
        write(20)

        when:
        def applied = Command.run(*words('apply'), '--yes', '--allow-cut', '--rotate-key', 'wg0')
        def now = files()
        def rolled = Command.run(*words('rollback'), '--yes')

        then:
        applied.status == 0
        HostFiles.movedOf(before, now).any { it.contains('/etc/wireguard/wg0.key\t') }
        rolled.status == 0
        // What the restart before this changed is not this one's.
        List<String> differs = HostFiles.movedOf(before, files(), HostFiles.MAY_DIFFER_BY_RESTART)
        differs == []
        routes()
    }
}
