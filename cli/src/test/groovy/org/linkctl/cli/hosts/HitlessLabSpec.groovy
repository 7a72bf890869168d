package org.linkctl.cli.hosts

import java.nio.file.Files
import java.nio.file.Path
import org.linkctl.lab.Lab
import org.linkctl.lab.TemporaryLab
import org.linkctl.lab.Topologies
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Tag
import spock.lang.TempDir

/** Links are changed under traffic: TCP streams and pings between the sites, which must not notice. */
@Stepwise
@Tag('lab')
@Requires({ RealHosts.patient('HitlessLabSpec, links changed under traffic') })
class HitlessLabSpec extends Specification {
    /**
     * Seconds that nothing is changed for, while linkctl only looks, as it does in an apply: emulated hosts have one
     * processor to forward with and to answer with. What goes wrong then is the emulation's.
     */
    private static final int UNTOUCHED = 60

    private static final int STREAMS = 6

    @Shared TemporaryLab temporary
    @Shared Lab lab
    @Shared @TempDir Path folder
    @Shared Path inventory
    /** Of the untouched time: the longest silence of a TCP stream, in ms, and the share of pings that were lost. */
    @Shared Map untouched

    def setupSpec() {
        temporary = Lab.temporary(Topologies.twoSites(3, Topologies.Nat.SITE_A), { println it })
        lab = temporary.lab()
        inventory = folder.resolve('hitless.groovy')
        write(['wg0': [5000, 10], 'wg1': [5001, 10]])
    }

    def cleanupSpec() {
        temporary?.close()
    }

    /** @param tunnels by name, the port on b-gw and the keepalive */
    private void write(Map<String, List<Integer>> tunnels) {
        def ends = tunnels.collect { name, values ->
            int n = name[-1] as int
            """    tunnel('$name', keepalive: ${values[1]}, psk: true) {
        end('a-gw', port: ${5000 + n}, address: '10.255.25$n.2/28')
        end('b-gw', port: ${values[0]}, address: '10.255.25$n.1/28', endpoint: '203.0.113.1')
    }"""
        }.join('\n')
        Files.writeString(inventory, """fabric('hitless') {
    site('a', lan: '10.2.3.0/24') {
        host('a-gw', os: LINUX, ssh: 'ops@a-gw') {
            bond('bond0', mode: LACP, hash: LAYER3_4, miimon: 100, members: ['eth1', 'eth2', 'eth3'], address: '10.2.3.4/24')
        }
        host('a-app', os: LINUX, ssh: 'ops@a-app', gateway: 'a-gw')
    }
    site('b', lan: '10.5.6.0/24') {
        host('b-gw', os: LINUX, ssh: 'ops@b-gw') { nic('eth1', address: '10.5.6.7/24') }
    }
$ends
    route(between: ['a', 'b'], via: ${tunnels.keySet().collect { "'$it'" }}, hash: L4)
}
""")
    }

    private Command linkctl(String name, Object... more) {
        Command.run(name, inventory, '-F', lab.sshConfig(), '--color', 'never', *more)
    }

    private String on(String host, String script) {
        lab.exec(host, script).orThrow()
    }

    /** One process that serves all streams: every 1000 bytes that come in, with the time since the last; worst first. */
    private static final String RECEIVER = '''
use strict; use IO::Socket::INET; use IO::Select; use Time::HiRes 'time';
my $all = IO::Socket::INET->new(LocalPort => 7000, Listen => 16, ReuseAddr => 1) or die $!;
my $select = IO::Select->new($all); my %last; my %name; $| = 1;
while (1) {
    for my $one ($select->can_read) {
        if ($one == $all) { my $new = $all->accept; $select->add($new); $last{$new} = time; $name{$new} = $new->peerport; next }
        my $read = sysread($one, my $bytes, 65536);
        unless ($read) { printf "%.3f ended %s\\n", time, $name{$one}; $select->remove($one); next }
        my $now = time; my $gap = $now - $last{$one}; $last{$one} = $now;
        printf "%.3f gap %d\\n", $now, $gap * 1000 if $gap > 0.05;
    }
}
'''

    /** Steady streams: each sends 500 bytes every 20 ms. */
    private static final String SENDER = '''
use strict; use IO::Socket::INET; use Time::HiRes qw(time sleep); $SIG{PIPE} = 'IGNORE';
my @all = map { IO::Socket::INET->new(PeerAddr => '10.2.3.6:7000') or die $! } 1..STREAMS;
my $next = time;
while (1) { syswrite($_, 'x' x 500) for @all; $next += 0.02; my $rest = $next - time; sleep($rest) if $rest > 0 }
'''

    private void startTraffic() {
        on('a-app', "cat >/run/receiver <<'E'\n$RECEIVER\nE\nsetsid perl /run/receiver >>/run/gaps 2>&1 </dev/null & for i in 1 2 3 4 5 6 7 8 9 10; do ss -Hltn sport = :7000 | grep -q . && exit; sleep 0.5; done; exit 1")
        on('sw', "cat >/run/sender <<'E'\n${SENDER.replace('STREAMS', "$STREAMS")}\nE\nsetsid ip netns exec b-app perl /run/sender >/run/sender.log 2>&1 </dev/null &\n" +
                'setsid ip netns exec b-app ping -n -D -i 0.01 10.2.3.6 >>/run/pings 2>&1 </dev/null &')
    }

    /** What the traffic noticed while this went on: TCP's longest silence in ms, and the pings lost of those sent. */
    private Map during(String what, Closure<?> doing) {
        def clocks = { ['a-app', 'sw'].collectEntries { [it, on(it, 'date +%s.%N') as double] } }
        // They are in memory, of which these hosts have little: full, they would look like silence.
        on('a-app', ': >/run/gaps')
        on('sw', ': >/run/pings')
        def from = clocks()
        doing()
        def to = clocks()
        def gaps = on('a-app', 'cat /run/gaps').readLines()*.split(' ').findAll { (it[0] as double) > from['a-app'] && (it[0] as double) < to['a-app'] }
        assert !gaps.any { it[1] == 'ended' } : "$what: a stream was cut"
        def pings = (on('sw', 'cat /run/pings') =~ /\[([0-9.]+)] .*icmp_seq=(\d+) .*time=/).collect { [it[1] as double, it[2] as int] }
                .findAll { it[0] > from.sw && it[0] < to.sw }
        // The kernel counts in 16 bits.
        int sent = 1 + ((pings.last()[1] - pings.first()[1]) & 0xffff)
        def noticed = [gap: gaps.collect { it[2] as int }.max() ?: 50, lost: sent - pings.size(), sent: sent]
        println "$what: $noticed"
        noticed
    }

    /** No TCP stall more than 200 ms above the worst of the untouched time, no ping lost beyond what that loses. */
    private void unnoticed(Map noticed) {
        assert noticed.gap <= untouched.gap + 200
        assert noticed.lost <= Math.ceil(untouched.lost * noticed.sent / (double) untouched.sent)
    }

    private Command applied(int hosts, List<String> more = []) {
        def applied = linkctl('apply', '--yes', *more)
        assert applied.status == 0 : applied
        assert applied.sum() == "Apply: $hosts of 3 hosts converged ($hosts changed)" || applied.sum().startsWith('Apply: 3 of 3 hosts converged') : applied
        applied
    }

    def 'there is a link, which is looked at, and nothing happens to it'() {
        when:
        applied(3)
        startTraffic()
        untouched = during('untouched', {
            long end = System.nanoTime() + UNTOUCHED * 1_000_000_000L
            while (System.nanoTime() < end) assert linkctl('plan').status == 0
        })

        then: 'it is there at all'
        untouched.sent > UNTOUCHED * 5
        untouched.lost <= untouched.sent / 10
    }

    def 'no connection is interrupted by #what'() {
        given:
        write(tunnels)

        when:
        def plan = linkctl('plan', *more)
        Command apply = null
        def noticed = during(what, { apply = applied(2, more) })

        then:
        plan.out.contains(order)
        unnoticed(noticed)
        linkctl('plan', '--detailed-exitcode').status == 0

        where:
        what                | tunnels                                             | order
        'another port'      | [wg0: [5010, 10], wg1: [5001, 10]]                  | '2. wg0 at b-gw, a-gw: taken out of the routes, changed, seen to work, put back\n\n'
        'one tunnel more'   | [wg0: [5010, 10], wg1: [5001, 10], wg2: [5002, 10]] | '2. wg2 at a-gw, b-gw: made, seen to work, put into the routes\n\n'
        'another keepalive' | [wg0: [5010, 7], wg1: [5001, 7], wg2: [5002, 7]]    | '2. wg0 at a-gw, b-gw: changed, seen to work\n  3. wg1'
        'one tunnel less'   | [wg0: [5010, 7], wg1: [5001, 7]]                    | '2. wg2 at '
        'new private keys'  | [wg0: [5010, 7], wg1: [5001, 7]]                    | '2. wg0 at a-gw, b-gw: taken out of the routes, changed, seen to work, put back\n\n'
        'a pre-shared key'  | [wg0: [5010, 7], wg1: [5001, 7]]                    | 'wg1 at a-gw, b-gw: changed, seen to work\n'
        more = ['new private keys': ['--rotate-key', 'wg0'], 'a pre-shared key': ['--rotate-psk', 'wg1']][what] ?: []
    }
}
