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
    private static final List<String> PAIR = ['lb1', 'lb2']

    /** Says who it is to each connection, then everything back. */
    private static final String SERVER = '''
        $SIG{CHLD} = "IGNORE";
        my $port = IO::Socket::INET->new(LocalPort => 7, Listen => 64, ReuseAddr => 1) or die "$!";
        while (1) {
            my $talk = $port->accept or next;
            next if fork;
            $talk->autoflush;
            print $talk "$ARGV[0]\\n";
            while (<$talk>) { print $talk $_ }
            exit;
        }'''

    /** Makes so many connections to an address, and prints who answered each. */
    private static final String CLIENT = '''
        my ($to, $count) = @ARGV;
        for (1 .. $count) {
            my $talk = IO::Socket::INET->new(PeerAddr => "$to:7", Timeout => 10);
            print $talk ? scalar <$talk> : "nobody: $!\\n";
        }'''

    /** Keeps one connection and uses it so many times, 0.2 s apart: whole, or not. */
    private static final String TALK = '''
        my ($to, $count) = @ARGV;
        alarm 120;
        my $talk = IO::Socket::INET->new(PeerAddr => "$to:7", Timeout => 10) or die "$!";
        $talk->autoflush;
        my $name = <$talk>;
        for (1 .. $count) {
            print $talk "$_\\n";
            my $back = <$talk>;
            defined $back && $back eq "$_\\n" or die "lost at $_: $!";
            select undef, undef, undef, 0.2;
        }
        print "whole\\n";'''

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder

    def setupSpec() {
        temporary = Lab.temporary(Topologies.balancers(FreebsdImage.of(System.getenv()).orElseThrow()), { println it })
        lab = temporary.lab()
        def password = Files.createDirectory(folder.resolve('carp')).resolve('lb')
        Files.writeString(password, 'mekmitasdigoat')
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString('rw-------'))
        ['gw1', 'gw2'].each { on('sw', "ip netns exec $it setsid ${perl(SERVER, it)} >/dev/null 2>&1 </dev/null &") }
    }

    def cleanupSpec() {
        temporary?.close()
    }

    private Command linkctl(String name, Object... more) {
        Command.run(name, '../inventories/lab-freebsd.groovy', '-F', lab.sshConfig(), '--color', 'never', *more)
    }

    /** That pf is turned on cuts what it has not seen begin, which has to be said. */
    private Command apply() { linkctl('apply', '--yes', '--allow-cut', '--secrets', "file:$folder") }

    private Command plan() { linkctl('plan', '--detailed-exitcode', '--secrets', "file:$folder") }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    private static String perl(String program, Object... words) {
        "perl -MIO::Socket::INET -e '$program' ${words.join(' ')}"
    }

    private String client(String command) {
        on('sw', "ip netns exec client $command")
    }

    /** How many of so many new connections each gateway answered. */
    private Map<String, Integer> connections(int count) {
        client(perl(CLIENT, '10.9.0.10', count)).readLines().countBy { it }
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

    private static long millis(long since) { (System.nanoTime() - since).intdiv(1_000_000) }

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
            verify = linkctl('verify')
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

    def 'a gateway that dies leaves the pool, and comes back when it answers again'() {
        given: 'the anchor is empty while all gateways answer'
        def anchor = { on('lb1', 'pfctl -q -a linkctl-balance -s rules') }
        assert anchor() == ''

        when:
        on('sw', 'ip -n gw1 link set eth0 down')
        long start = System.nanoTime()
        eventually('gw1 is out', 60) { anchor().contains('10.1.0.3') && !anchor().contains('10.1.0.2') }
        println "a dead gateway was out of the round robin after ${millis(start)} ms"

        then:
        connections(10) == [gw2: 10]

        when:
        on('sw', 'ip -n gw1 link set eth0 up')
        start = System.nanoTime()
        eventually('gw1 is back', 60) { anchor() == '' }
        println "it was back after ${millis(start)} ms"

        then:
        connections(10).keySet() == ['gw1', 'gw2'] as Set
        plan().status == 0
    }

    def 'when the master goes #way by hand, connections go on, and one ping is lost at most'() {
        given: 'a connection and a ping that both hosts know of'
        def talk = aside { client(perl(TALK, far, 120)) }
        def ping = aside { client("ping -c 48 -i 0.5 $far") }
        eventually('both know of both', 15) { PAIR.every { host -> ['tcp', 'icmp'].every { known(host, it, far) } } }

        when:
        long start = System.nanoTime()
        on('lb1', "sysctl net.inet.carp.demotion=$demotion")
        eventually("$master is master", 30) { masters() == [master] }
        println "$master was master after ${millis(start)} ms"
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
        linkctl('verify').status == 0
        connections(10) == [gw1: 5, gw2: 5]
    }
}
