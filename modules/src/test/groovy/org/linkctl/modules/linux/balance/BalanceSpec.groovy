package org.linkctl.modules.linux.balance

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.modules.Case
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The rules, the routes and the watcher themselves, by the kernel's nftables and policy routing in network namespaces: a
 * client, the host that spreads (its interfaces are bridges here) and four next hops, each of which answers for all that is
 * behind them and tells who it is.
 */
@Requires({ BalanceSpec.possible() })
class BalanceSpec extends Specification {
    private static final String NETWORK = '''
        set -eu
        for root in /run /etc; do mount -t tmpfs -o mode=0755 tmpfs $root; done
        mkdir -p /run/netns /run/linkctl-balance /etc/linkctl/nftables /etc/systemd/system
        cp $1/balance.nft /etc/linkctl/nftables; cp $1/linkctl-balance.service /etc/systemd/system
        ip link set lo up
        for lan in eth0 eth1; do ip link add $lan type bridge; ip link set $lan up; done
        ip address add 198.51.100.21/24 dev eth0; ip address add 10.1.0.11/16 dev eth1; ip address add fd00:1::11/64 dev eth1 nodad
        ip route add default via 198.51.100.1; ip -6 route add default via fd00:1::1
        echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
        for on in all default eth0 eth1; do echo 2 >/proc/sys/net/ipv4/conf/$on/rp_filter; done
        far() {
            ip netns add $1; ip link add to-$1 type veth peer name far netns $1; ip link set to-$1 master $2 up
            ip -n $1 link set lo up; ip -n $1 link set far up
            ip -n $1 address add $3 dev far; ip -n $1 address add $4 dev far nodad
        }
        hop() {
            far "$@"
            for there in 10.9.0.1/32 192.0.2.200/32 fd00:9::1/128; do ip -n $1 address add $there dev lo; done
            ip netns exec $1 perl -MIO::Socket::IP -e '$SIG{PIPE} = "IGNORE"; $s = IO::Socket::IP->new(Listen => 50, LocalHost => "::", LocalPort => 80,
                ReuseAddr => 1, V6Only => 0) or die $@; while ($c = $s->accept) { print $c "$ARGV[0]\\n"; close $c }' $1 &
        }
        far client eth1 10.1.0.50/16 fd00:1::50/64
        ip -n client route add default via 10.1.0.11; ip -n client route add default via fd00:1::11
        hop h2 eth1 10.1.0.2/16 fd00:1::2/64
        hop h3 eth1 10.1.0.3/16 fd00:1::3/64
        hop h5 eth0 198.51.100.5/24 2001:db8::5/64; ip -n h5 route add default via 198.51.100.21
        hop h6 eth0 198.51.100.6/24 2001:db8::6/64; ip -n h6 route add default via 198.51.100.21
        trap 'kill $(jobs -p)' EXIT
        call() { ip netns exec client timeout 1 bash -c 'exec 3<>"/dev/tcp/$1/80"; cat <&3' call $1 2>/dev/null || true; }
        who() { for i in $(seq ${2:-40}); do call $1; done | sort -u | tr '\\n' ' '; echo; }
        until_said() { n=0; until grep -qs "$1" /run/said; do n=$((n + 1)); [ $n -lt 300 ] || { echo "never said: $1"; exit 1; }; sleep 0.1; done; }
        state() { nft list ruleset; ip rule; ip -6 rule; ip route show table all proto 108; ip -6 route show table all proto 108; }
        for one in h2 h3 h5 h6; do until ip netns exec $one bash -c ': >/dev/tcp/127.0.0.1/80' 2>/dev/null; do sleep 0.1; done; done
        '''.stripIndent()

    @TempDir Path folder
    @Shared List<SpreadConnections> spread =
            Case.of(new BalanceModule(), new File(Case.folder(), 'linux.balance')).find { it.dir.name == 'create' }.wants.first().spread()

    static boolean possible() {
        def missing = ['unshare', 'ip', 'nft', 'conntrack', 'perl', 'bash', 'ping'].findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'true'].execute().waitFor() != 0) missing << 'leave to make namespaces'
        if (missing) println "BalanceSpec is skipped: there is no ${missing.join(', ')}"
        !missing
    }

    private String run(String script) {
        BalanceService.of(spread).files().each { Files.writeString(folder.resolve(Path.of(it.path()).fileName), it.text()) }
        Files.writeString(folder.resolve('script'), NETWORK + script)
        def process = new ProcessBuilder('unshare', '-nm', '--kill-child', 'bash', folder.resolve('script').toString(), folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start()
        if (!process.waitFor(180, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        folder.resolve('said').toFile().text
    }

    def 'connections go over all next hops, those of one source by one where that is asked for'() {
        expect:
        run('''
            sh $1/watch-next-hops load
            who 10.9.0.1; who fd00:9::1
            who 192.0.2.200 20 | wc -w
            call 10.1.0.2
            ''').readLines()*.trim() == ['h2 h3 h5', 'h2 h3', '1', 'h2']
    }

    def 'a next hop that does not answer goes out of both families, its share goes to the others, and comes back'() {
        expect:
        run('''
            sh $1/watch-next-hops load
            : >/run/said
            sh $1/watch-next-hops run >>/run/said &
            until_said watches
            ip -n h3 link set far down
            until_said 'hop 10.1.0.3 does not answer'; until_said 'hop fd00:1::3 does not answer'
            who 10.9.0.1; who fd00:9::1 10
            ip -n h3 link set far up; ip -n h3 address add fd00:1::3/64 dev far nodad
            until_said 'hop 10.1.0.3 answers'; until_said 'hop fd00:1::3 answers'
            who 10.9.0.1; who fd00:9::1
            ''').readLines()*.trim() == ['h2 h5', 'h2', 'h2 h3 h5', 'h2 h3']
    }

    /** Next hops that answer a datagram with who they are and who has sent it, and a client that sends one from a port of its own. */
    private static final String DATAGRAMS = '''
        for hop in h2 h3 h5; do
            for own in 10.9.0.1 fd00:9::1; do
                ip netns exec $hop perl -MIO::Socket::IP -e '$s = IO::Socket::IP->new(Proto => "udp", LocalHost => $ARGV[1], LocalPort => 53) or die $@;
                    while ($from = $s->recv($_, 9)) { $s->send("$ARGV[0] " . $s->peerhost, 0, $from) }' $hop $own &
            done
        done
        udp() { ip netns exec client perl -MIO::Socket::IP -e '$s = IO::Socket::IP->new(Proto => "udp", LocalPort => $ARGV[1], PeerHost => $ARGV[0], PeerPort => 53)
            or die $@; $s->send("x"); $SIG{ALRM} = sub { exit }; alarm 1; $s->recv($_, 99); print' $1 $2; }
        answered() { n=0; until udp $1 $2 | grep .; do n=$((n + 1)); [ $n -lt 20 ] || { echo "no answer"; break; }; done; }
        by() { port=4000; until case $(udp $1 $port) in "$2 "*) true ;; *) false ;; esac; do port=$((port + 1)); [ $port -lt 4200 ] || { echo "never by $2"; exit 1; }; done; }
        '''.stripIndent()

    def 'a flow to #address goes on by another next hop than one that died, and stays there when that is back'() {
        expect:
        run(DATAGRAMS + """
            sh \$1/watch-next-hops load
            : >/run/said
            sh \$1/watch-next-hops run >>/run/said &
            until_said watches
            by $address h3
            ip -n h3 link set far down
            until_said 'hop $hop does not answer'
            first=\$(answered $address \$port)
            ip -n h3 link set far up; ip -n h3 address add fd00:1::3/64 dev far nodad
            until_said 'hop $hop answers'
            case \$first in h[25]\\ *) [ "\$(udp $address \$port)" = "\$first" ] && echo stays ;; *) echo "first \$first" ;; esac
            """.stripIndent()).trim() == 'stays'

        where:
        address     | hop
        '10.9.0.1'  | '10.1.0.3'
        'fd00:9::1' | 'fd00:1::3'
    }

    def 'a flow that was translated on its way gets the address of its new way'() {
        expect:
        run(DATAGRAMS + '''
            nft 'table ip nat { chain post { type nat hook postrouting priority srcnat; oifname { "eth0", "eth1" } masquerade; }; }'
            sh $1/watch-next-hops load
            : >/run/said
            sh $1/watch-next-hops run >>/run/said &
            until_said watches
            by 10.9.0.1 h5; udp 10.9.0.1 $port; echo
            ip -n h5 link set far down
            until_said 'hop 198.51.100.5 does not answer'
            answered 10.9.0.1 $port | sed 's/h[23]/h2 or h3/'
            '''.stripIndent()).readLines()*.trim() == ['h5 198.51.100.21', 'h2 or h3 10.1.0.11']
    }

    def 'what somebody takes away comes back, and clear leaves nothing'() {
        expect:
        run('''
            state >/run/before
            sh $1/watch-next-hops load
            : >/run/said
            # Where a next hop is tried just then, nft(8) says that its map is gone.
            sh $1/watch-next-hops run >>/run/said 2>&1 &
            watcher=$!
            until_said watches
            nft flush ruleset; ip rule del priority 990; ip link set eth0 down; ip link set eth0 up; ip route add default via 198.51.100.1
            until_said 'loaded again'
            who 10.9.0.1
            kill $watcher
            sh $1/watch-next-hops clear
            state | diff /run/before - && echo nothing
            ''').readLines()*.trim() == ['h2 h3 h5', 'nothing']
    }

    def 'the marks of next hops stay when others are added'() {
        given:
        def devices = { List<String> hops -> hops.collectEntries { [org.linkctl.net.Ip.of(it), 'eth1'] } }
        def few = NextHop.marked(devices(['10.1.0.2', 'fd00:1::2']))
        def many = NextHop.marked(devices((2..200).collect { "10.1.0.$it".toString() } + ['fd00:1::2']))

        expect:
        few.every { address, hop -> many[address] == hop }
        many.values()*.mark().toSet().size() == 200
    }
}
