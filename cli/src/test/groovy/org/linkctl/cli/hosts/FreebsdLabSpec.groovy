package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.Executor
import java.util.function.Supplier
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

/** inventories/lab-freebsd.groovy on real hosts: made, left alone, used, robbed of a gateway and of its master, damaged, rebooted. */
@Stepwise
@Tag('lab')
@Tag('measured')
@Requires({ RealHosts.freebsd('the pair of load balancers on FreeBSD') })
class FreebsdLabSpec extends Specification {
    private static final String INVENTORY = '../inventories/lab-freebsd.groovy'
    private static final List<String> PAIR = ['lb1', 'lb2']

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder

    def setupSpec() {
        temporary = Lab.temporary(Topologies.balancers(FreebsdImage.of(System.getenv()).orElseThrow()), { println it })
        lab = temporary.lab()
        def password = Files.createDirectory(folder.resolve('carp')).resolve('lb')
        Files.writeString(password, 'mekmitasdigoat')
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString('rw-------'))
        ['gw1', 'gw2'].each { on('sw', "ip netns exec $it ${Talk.server(it)}") }
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private Command linkctl(String name, Object inventory, Object... more) {
        Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more)
    }

    /** That pf is turned on cuts what it has not seen begin, which has to be said. */
    private Command apply(Object inventory = INVENTORY) {
        linkctl('apply', inventory, '--yes', '--allow-cut', '--secrets', "file:$folder")
    }

    /** The inventory with some of its words changed. */
    private Path changed(String name, String from, String to) {
        def text = Files.readString(Path.of(INVENTORY))
        assert text.contains(from)
        Files.writeString(folder.resolve("${name}.groovy"), text.replace(from, to))
    }

    private Command plan() { linkctl('plan', INVENTORY, '--detailed-exitcode', '--secrets', "file:$folder") }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    private String client(String command) {
        on('sw', "ip netns exec client $command")
    }

    /** How many of so many new connections each gateway answered. */
    private Map<String, Integer> connections(int count) {
        client(Talk.names('10.9.0.10', count)).readLines().countBy { it }
    }

    private List<String> masters() {
        PAIR.findAll { on(it, 'ifconfig vtnet1').contains('carp: MASTER vhid 10') }
    }

    /** What is published by ARP on a host. */
    private String published(String host) {
        on(host, 'arp -an -i vtnet1').readLines().findAll { it.contains('published') }.join('\n')
    }

    /** Not in the common pool, whose one thread on two processors would be taken by it. */
    private static CompletableFuture<String> aside(Closure<String> work) {
        CompletableFuture.supplyAsync({ work() } as Supplier<String>, { new Thread(it).start() } as Executor)
    }

    private static boolean eventually(String what, int seconds, Closure<Boolean> condition) {
        Poll.until(what, Duration.ofSeconds(seconds), { condition() as boolean })
        true
    }

    def 'one apply takes bare hosts there'() {
        when:
        def applied = apply()

        then:
        applied.status == 0
        applied.sum() == 'Apply: 2 of 2 hosts converged (2 changed)'

        when:
        def again = plan()

        then:
        again.status == 0
        again.sum() == 'Nothing to do: 2 hosts converged'
    }

    def 'one of them is master, and each knows the connections of the other'() {
        given:
        Command verify = null

        expect:
        eventually('one master', 60) { masters() == ['lb1'] }
        eventually('all is in health', 120) {
            verify = linkctl('verify', INVENTORY)
            verify.sum() == 'Verify: 2 of 2 hosts in health'
        }
        verify.out =~ /good +vhid 10 on vtnet1 +is MASTER/
        verify.out.findAll(/good +pfsync0 /).size() == 2
        published('lb1').contains('10.1.0.50') && published('lb2') == ''
    }

    def '40 connections are spread evenly'() {
        when:
        def answers = connections(40)
        println "40 connections: $answers"

        then:
        answers.gw1 + answers.gw2 == 40
        Math.abs(answers.gw1 - 20) <= 1
    }

    /** Which gateways are in the round robin. */
    private Set<String> gateways() {
        on('lb1', 'for i in 1 2; do pfctl -q -t linkctl_hop1_$i -T show; done').readLines()*.strip() as Set
    }

    /**
     * Does something to gw1 and waits for what comes of it.
     *
     * @param script asks lb1 for an echo once, beside what it does: by lb1's own clock, that is when it was done
     * @return how long after that the watcher had set other tables, in ms by the same clock
     */
    private long reaction(String script, Closure<Boolean> done) {
        on('lb1', 'daemon -f -o /tmp/echo tcpdump -lntt -c 1 -i vtnet1 "icmp[icmptype] = icmp-echo and src 10.1.0.2"')
        eventually('lb1 listens', 20) { on('lb1', 'cat /tmp/echo').contains('listening on') }
        on('sw', script)
        eventually('the watcher noticed', 60) { done() }
        def at = (on('lb1', 'cat /tmp/echo; rm /tmp/echo') =~ /(?m)^(\d+\.\d+) IP/)[0][1] as BigDecimal
        def loaded = on('lb1', 'stat -f %Fm /var/run/linkctl/balance.loaded') as BigDecimal
        ((loaded - at) * 1000).longValue()
    }

    def 'a gateway that dies leaves the pool in under 3 s, and comes back when it answers again'() {
        given:
        assert gateways() == ['10.1.0.2', '10.1.0.3'] as Set

        expect: 'a machine that stands still for seconds may spoil two measurements'
        (1..3).any {
            long out = reaction('ip netns exec gw1 ping -c 1 -W 2 10.1.0.11; ip -n gw1 link set eth0 down') {
                gateways() == ['10.1.0.3'] as Set
            }
            assert connections(10) == [gw2: 10]
            long back = reaction('ip -n gw1 link set eth0 up; ip netns exec gw1 ping -c 1 -W 5 10.1.0.11') {
                gateways() == ['10.1.0.2', '10.1.0.3'] as Set
            }
            assert connections(10).keySet() == ['gw1', 'gw2'] as Set
            println "a dead gateway was out of the round robin after $out ms, and back after $back ms"
            out < 3000
        }
        on('lb1', 'grep linkctl-watch /var/log/messages').readLines().takeRight(2)*.replaceFirst(/.*]: |.*linkctl-watch: /, '') ==
                ['10.1.0.2 does not answer: out of the round robin', '10.1.0.2 answers: back in the round robin']
        plan().status == 0
    }

    def 'gateways that answer stay in while the host has too much to do, and so does a connection that is idle for 40 s'() {
        given:
        def idle = aside { client(Talk.lines('10.9.0.30', 2, 40)) }
        def dead = { on('lb1', 'grep -c "does not answer" /var/log/messages || true').strip() }

        expect: 'with four times as much as there is time for, on a machine that does not itself stand still'
        (1..3).any {
            def before = dead()
            on('lb1', 'for i in 1 2 3 4; do timeout 15 sh -c "while :; do :; done" & done; wait; true')
            dead() == before
        }
        idle.join() == 'whole'
    }

    def 'a rule that cannot be never comes near the firewall'() {
        given:
        def running = { on('lb1', 'pfctl -q -s rules; pfctl -q -s nat; cksum /etc/pf.conf') }
        def before = running()

        when:
        def applied = apply(changed('broken', 'proto: ICMP)', 'proto: ICMP, port: 80)'))

        then:
        applied.status == 1
        applied.err =~ /broken\.groovy:\d+:\d+: error: a rule with a port needs proto: TCP or proto: UDP/
        running() == before
    }

    def 'weights are shares of the connections'() {
        when:
        def applied = apply(changed('weights', "'10.1.0.3'])", "'10.1.0.3'], weights: ['10.1.0.2': 3])"))
        def answers = connections(40)
        println "40 connections, 3 to 1: $answers"

        then:
        applied.status == 0
        Math.abs(answers.gw1 - 30) <= 1 && answers.gw1 + answers.gw2 == 40

        cleanup:
        apply()
    }

    def 'a confirmed change is rolled back on both, and every file is what it was'() {
        given:
        def before = HostFiles.of(lab, PAIR)
        def weights = changed('rolled', "'10.1.0.3'])", "'10.1.0.3'], weights: ['10.1.0.2': 2])")

        when:
        def applied = apply(weights)
        def rolled = linkctl('rollback', weights, '--yes')

        then:
        applied.status == 0
        rolled.status == 0
        List<String> differs = HostFiles.movedOf(before, HostFiles.of(lab, PAIR))
        differs == []
        plan().status == 0
    }

    def 'when the master goes #way by hand, connections go on, and one ping is lost at most'() {
        given: 'a connection and a ping that both hosts know of'
        def talk = aside { client(Talk.lines(far, 120, 0.2)) }
        def ping = aside { client("ping -c 48 -i 0.5 $far") }
        eventually('both know of both', 15) { PAIR.every { host -> ['tcp', 'icmp'].every { known(host, it, far) } } }

        when:
        long start = System.nanoTime()
        on('lb1', "sysctl net.inet.carp.demotion=$demotion")
        eventually("$master is master", 30) { masters() == [master] }
        println "$master was master after ${(System.nanoTime() - start).intdiv(1_000_000)} ms"
        def lost = ping.join()
        println lost.readLines().find { it.contains('packet loss') }

        then:
        talk.join() == 'whole'
        def counts = (lost =~ /(\d+) packets transmitted, (\d+) received/)[0]
        (counts[1] as int) - (counts[2] as int) <= 1

        and: 'what is published by ARP goes with it'
        eventually('the addresses moved', 15) { published(master).contains('10.1.0.51') && published((PAIR - master)[0]) == '' }

        where:
        way    | demotion | master | far
        'away' | 240      | 'lb2'  | '10.9.0.20'
        'back' | -240     | 'lb1'  | '10.9.0.21'
    }

    private boolean known(String host, String protocol, String to) {
        on(host, 'pfctl -s states').readLines().any { it.contains(" $protocol ") && it.contains("$to:") }
    }

    def 'what somebody did by hand is shown and mended'() {
        given:
        def damages = [
            damage('a rule flushed', 'lb1', 'pfctl -q -F rules', /pf rules/, 'pfctl -q -s rules | grep route-to'),
            damage('a variable changed', 'lb1', 'sysrc gateway_enable=NO', /gateway_enable: NO -> YES/, 'sysrc -n gateway_enable | grep YES'),
            damage('an alias removed', 'lb2', 'ifconfig vtnet1 inet 10.1.0.1 -alias', /10\.1\.0\.1/, 'ifconfig vtnet1 | grep "10.1.0.1 .*vhid 10"'),
            damage('pf disabled', 'lb2', 'pfctl -q -d', /pf: disabled -> enabled/, 'pfctl -q -s info | grep "Status: Enabled"')
        ]
        damages.each { on(it.host(), it.damage()) }

        when:
        def planned = plan()

        then:
        planned.status == 2
        damages.every { planned.out =~ it.shown() }

        when:
        def applied = apply()

        then:
        applied.status == 0
        damages.every { on(it.host(), it.mended()) }
        plan().status == 0
    }

    private static LinkLabSpec.Damage damage(String what, String host, String damage, def shown, String mended) {
        new LinkLabSpec.Damage(what, host, damage, shown.toString(), mended)
    }

    def 'after reboots of both it still is what was declared, and spreads connections'() {
        when:
        PAIR.collect { host -> Thread.start { lab.reboot(host) } }*.join()
        Command planned = null
        eventually('both are as declared', 240) {
            planned = plan()
            planned.status == 0
        }

        then:
        planned.sum() == 'Nothing to do: 2 hosts converged'
        eventually('one master', 60) { masters() == ['lb1'] }
        linkctl('verify', INVENTORY).status == 0
        connections(10) == [gw1: 5, gw2: 5]
    }
}
