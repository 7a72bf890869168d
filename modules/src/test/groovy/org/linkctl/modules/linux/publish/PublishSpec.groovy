package org.linkctl.modules.linux.publish

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.modules.Case
import org.linkctl.modules.publishing.PublishedService
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The rules and the watcher themselves, by the kernel's nftables in network namespaces: a client, the host that publishes
 * (the interface of its hub is a bridge here) and three spokes that tell who they are and whom they see.
 */
@Requires({ PublishSpec.possible() })
class PublishSpec extends Specification {
    private static final String NETWORK = '''
        set -eu
        for root in /run /etc; do mount -t tmpfs -o mode=0755 tmpfs $root; done
        mount -t tmpfs -o mode=0755 tmpfs /var/lib
        mkdir -p /var/lib/linkctl/drained /run/netns /run/linkctl-publish /etc/linkctl/nftables /etc/systemd/system
        cp $1/publish.nft /etc/linkctl/nftables; cp $1/linkctl-publish.service /etc/systemd/system
        ip link set lo up
        far() { ip netns add $1; ip link add $2 type veth peer name far netns $1; ip -n $1 link set lo up; ip -n $1 link set far up; ip link set $2 up; }
        far client eth0
        ip address add 203.0.113.9/24 dev eth0; ip address add 2001:db8::9/64 dev eth0 nodad
        ip -n client address add 203.0.113.50/24 dev far; ip -n client address add 2001:db8::50/64 dev far nodad
        ip link add wg0 type bridge; ip link set wg0 up
        ip address add 10.0.0.1/24 dev wg0; ip address add fc00::1/64 dev wg0 nodad
        for n in 2 3; do
            far s$n v$n; ip link set v$n master wg0
            ip -n s$n address add 10.0.0.$n/24 dev far; ip -n s$n address add fc00::$n/64 dev far nodad
        done
        echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
        serve() {
            ip netns exec $1 perl -MIO::Socket::IP -e '$SIG{PIPE} = "IGNORE"; $s = IO::Socket::IP->new(Listen => 9, LocalHost => "::", LocalPort => $ARGV[1],
                ReuseAddr => 1, V6Only => 0) or die $@; while ($c = $s->accept) { print $c "$ARGV[0] sees ".$c->peerhost."\\n"; close $c }' $1 ${2:-443} &
        }
        answer() { # answers UDP at the address that was called (the socket is of its family)
            ip netns exec $1 perl -MIO::Socket::IP -e '$s = IO::Socket::IP->new(Proto => "udp", LocalHost => $ARGV[1], LocalPort => $ARGV[2],
                V6Only => 1) or die $@; while (1) { $from = $s->recv($_, 99); send $s, "$ARGV[0] heard $_", 0, $from }' $1 $2 $3 &
        }
        # Sends every 50 ms from one port, until ended; tells who answers, and when another one does.
        chat() {
            ip netns exec client perl -MIO::Socket::IP -MTime::HiRes=time,sleep -e '$| = 1; $s = IO::Socket::IP->new(Proto => "udp", LocalPort => $ARGV[0],
                PeerHost => $ARGV[1], PeerPort => $ARGV[2], Blocking => 0) or die $@; $n = 0;
                while (1) { $s->send("word ".$n++); sleep 0.05; while ($s->sysread($_, 99)) { ($who) = /^(\\S+)/; next if $who eq $last; $last = $who; printf "%.2f %s\n", time, $who } }' $1 $2 $3 &
        }
        until_said() { n=0; until grep -qs "$1" $2; do n=$((n + 1)); [ $n -lt 400 ] || { echo "never: $1"; exit 1; }; sleep 0.05; done; }
        since() { perl -e 'printf "%s\n", $ARGV[1] - $ARGV[0] < $ARGV[2] ? "in time" : "after ".($ARGV[1] - $ARGV[0])' $1 $(tail -n 1 $2 | cut -d " " -f 1) $3; }
        now() { perl -MTime::HiRes=time -e 'printf "%.2f\n", time'; }
        call() { ip netns exec client timeout 1 bash -c 'exec 3<>"/dev/tcp/$1/$2"; cat <&3' call $1 ${2:-443} 2>/dev/null || true; }
        until_called() { n=0; until [ "$(call $1)" = "$2" ]; do n=$((n + 1)); [ $n -lt 200 ] || { echo "never: $2"; exit 1; }; sleep 0.1; done; }
        trap 'kill $(jobs -p)' EXIT
        serve s2; first=$!
        serve s3
        '''.stripIndent()

    @TempDir Path folder
    @Shared List<PublishedService> published = published('create')

    private static List<PublishedService> published(String name) {
        Case.of(new PublishModule(), new File(Case.folder(), 'linux.publish')).find { it.dir.name == name }.wants.first().published()
    }

    static boolean possible() {
        def missing = ['unshare', 'ip', 'nft', 'conntrack', 'perl', 'bash'].findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'true'].execute().waitFor() != 0) missing << 'leave to make namespaces'
        if (missing) println "PublishSpec is skipped: there is no ${missing.join(', ')}"
        !missing
    }

    private String run(String script, List<PublishedService> published = this.published) {
        PublishService.of(published).files().each { Files.writeString(folder.resolve(Path.of(it.path()).fileName), it.text()) }
        Files.writeString(folder.resolve('script'), NETWORK + script)
        def process = new ProcessBuilder('unshare', '-nm', '--kill-child', 'bash', folder.resolve('script').toString(), folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start()
        if (!process.waitFor(120, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        folder.resolve('said').toFile().text
    }

    def 'nft takes the rules, and what it shows of them does not change with what is in the maps'() {
        expect:
        run('''
            sh $1/watch-published load
            nft flush map inet linkctl_publish of_web_4
            nft -s -t list table inet linkctl_publish | diff - /run/linkctl-publish/rules && echo the same
            ''') == 'the same\n'
    }

    def 'who calls an address gets the first spoke, which sees the address of the hub; the host itself, too'() {
        expect:
        run('''
            sh $1/watch-published load
            until_called 203.0.113.9 's2 sees ::ffff:10.0.0.1'
            call 203.0.113.9; call 2001:db8::9
            timeout 2 bash -c 'exec 3<>/dev/tcp/203.0.113.9/443; cat <&3'
            ''').readLines() == ['s2 sees ::ffff:10.0.0.1', 's2 sees fc00::1', 's2 sees ::ffff:10.0.0.1']
    }

    def 'the next one takes over where the first refuses or is silent, and the first when it answers again; lost rules come back'() {
        expect:
        run('''
            sh $1/watch-published load
            : >/run/said
            sh $1/watch-published run >>/run/said &
            until_called 203.0.113.9 's2 sees ::ffff:10.0.0.1'
            kill $first
            until_called 203.0.113.9 's3 sees ::ffff:10.0.0.1'; until_called 2001:db8::9 's3 sees fc00::1'; echo refused
            serve s2
            until_called 203.0.113.9 's2 sees ::ffff:10.0.0.1'; until_called 2001:db8::9 's2 sees fc00::1'; echo back
            ip -n s2 link set far down
            until_called 203.0.113.9 's3 sees ::ffff:10.0.0.1'; echo silent
            nft flush ruleset
            until_called 203.0.113.9 's3 sees ::ffff:10.0.0.1'; echo flushed
            ''').readLines() == ['refused', 'back', 'silent', 'flushed']
    }

    def 'who is drained gets no new connections, whatever the others do; those that it has go on'() {
        expect:
        run('''
            sh $1/watch-published load
            sh $1/watch-published run >/run/said &
            until_called 203.0.113.9 's2 sees ::ffff:10.0.0.1'
            ip netns exec s2 perl -MIO::Socket::IP -e '$s = IO::Socket::IP->new(Listen => 9, LocalHost => "::", LocalPort => 80, ReuseAddr => 1, V6Only => 0)
                or die $@; $c = $s->accept; while (<$c>) { print $c "s2 heard $_"; $c->flush }' &
            mkfifo /run/talk
            n=0; until ip netns exec s2 ss -Hlt 'sport = :80' | grep -q .; do n=$((n + 1)); [ $n -lt 100 ]; sleep 0.05; done
            ip netns exec client bash -c 'exec 3<>/dev/tcp/203.0.113.9/80; exec 4</run/talk; while read -r word <&4; do echo $word >&3; read -r answer <&3; echo "$answer"; done' >/run/heard &
            exec 5>/run/talk
            echo before >&5
            n=0; until grep -qs before /run/heard; do n=$((n + 1)); [ $n -lt 100 ]; sleep 0.05; done
            echo '2026-11-29T04:00:00Z by ops@desk with published' >/var/lib/linkctl/drained/place:web-ch
            until_called 203.0.113.9 's3 sees ::ffff:10.0.0.1'; until_called 2001:db8::9 's3 sees fc00::1'; echo moved
            echo after >&5
            n=0; until grep -qs after /run/heard; do n=$((n + 1)); [ $n -lt 100 ]; sleep 0.05; done
            cat /run/heard
            ip -n s3 link set far down
            n=0; until grep -qs '10.0.0.3 does not answer' /run/said; do n=$((n + 1)); [ $n -lt 200 ]; sleep 0.05; done
            case $(call 203.0.113.9) in *s2*) echo 'not drained' ;; *) echo 'still drained' ;; esac
            nft list map inet linkctl_publish of_dns_4 | grep -c 10.0.0.2 || true
            rm /var/lib/linkctl/drained/place:web-ch
            until_called 203.0.113.9 's2 sees ::ffff:10.0.0.1'; until_called 2001:db8::9 's2 sees fc00::1'; echo back
            ''').readLines() == ['moved', 's2 heard before', 's2 heard after', 'still drained', '0', 'back']
    }

    def 'UDP that goes on from one port goes to another target within 3 s of the death of its own, and what others have stays where it is'() {
        expect:
        run('''
            for name in s2 s3; do answer $name 0.0.0.0 443; answer $name :: 443; answer $name 0.0.0.0 53; done
            sh $1/watch-published load
            chat 5000 203.0.113.9 443 >/run/web4; chat 5001 2001:db8::9 443 >/run/web6
            for port in 5100 5101 5102 5103; do chat $port 203.0.113.9 53 >/run/dns.$port; done
            until_said s2 /run/web4; until_said s2 /run/web6
            sh $1/watch-published run >/run/said 2>&1 &
            until_said 'watches' /run/said
            cat /run/dns.* | grep -c s3 >/run/others; [ $(cat /run/others) != 0 ] && echo spread
            sleep 1; ip -n s2 link set far down; died=$(now)
            until_said s3 /run/web4; until_said s3 /run/web6; for file in /run/dns.*; do until_said s3 $file; done
            for file in /run/web4 /run/web6 /run/dns.*; do since $died $file 3; done | sort -u
            grep -l -v s3 /run/dns.* | wc -l | { read -r some; [ $some -lt 4 ] && echo 'some stayed'; }
            conntrack -L -p udp -r 10.0.0.2 2>/dev/null | wc -l
            ''').readLines() == ['spread', 'in time', 'some stayed', '0']
    }

    def 'a target that is out of one service keeps the UDP of another; a call that it has not answered is taken by the next'() {
        expect:
        run('''
            for name in s2 s3; do answer $name 0.0.0.0 443; answer $name 0.0.0.0 53; done
            sh $1/watch-published load
            chat 5000 203.0.113.9 443 >/run/web
            for port in 5100 5101 5102 5103 5104 5105; do chat $port 203.0.113.9 53 >/run/dns.$port; done
            until_said s2 /run/web; until grep -qs s2 /run/dns.*; do sleep 0.05; done
            sh $1/watch-published run >/run/said 2>&1 &
            until_said '10.0.0.4 does not answer' /run/said
            ip netns exec s2 nft 'add table inet t; add chain inet t c { type filter hook input priority 0; }; add rule inet t c tcp dport 443 drop'
            ip netns exec client timeout 20 bash -c 'exec 3<>/dev/tcp/203.0.113.9/443; cat <&3'
            until_said s3 /run/web; sleep 1
            grep -l s2 /run/dns.* | while read -r file; do tail -n 1 $file; done | cut -d ' ' -f 2 | sort -u
            ''').readLines() == ['s3 sees ::ffff:10.0.0.1', 's2']
    }

    def 'who died when no other one answered keeps its UDP until the others had time to come back'() {
        expect:
        run('''
            sed 's/^grace=.*/grace=12/; s/grace=120$/grace=12/' $1/watch-published >/run/watch; grep -c grace=12 /run/watch
            for name in s2 s3; do answer $name 0.0.0.0 443; done
            sh /run/watch load
            : >/var/lib/linkctl/drained/place:web-ch; echo 2026 >/var/lib/linkctl/drained/place:web-ch
            sh /run/watch load
            chat 5000 203.0.113.9 443 >/run/web; until_said s3 /run/web
            rm /var/lib/linkctl/drained/place:web-ch
            sh /run/watch run >/run/said 2>&1 &
            until_said 10.0.0.2 /run/said
            ip -n s2 link set far down; ip -n s3 link set far down
            until_said '10.0.0.2 does not answer' /run/said; until_said '10.0.0.3 does not answer' /run/said
            ip -n s2 link set far up; ip -n s2 address replace fc00::2/64 dev far nodad
            until_said '10.0.0.2 answers' /run/said; conntrack -L -p udp -r 10.0.0.3 2>/dev/null | wc -l
            until_said s2 /run/web; conntrack -L -p udp -r 10.0.0.3 2>/dev/null | wc -l
            ''').readLines() == ['3', '1', '0']
    }

    def 'each port of a range is published as it is, none beside it, and UDP to any of them goes on with the next target'() {
        expect:
        run('''
            for name in s2 s3; do
                for port in 8080 8085 8086; do serve $name $port; done
                for port in 6000 6005 6010 6011; do answer $name 0.0.0.0 $port; answer $name :: $port; done
            done
            sh $1/watch-published load
            for address in 203.0.113.9 2001:db8::9; do
                n=0; until [ -n "$(call $address 8085)" ]; do n=$((n + 1)); [ $n -lt 100 ]; sleep 0.1; done
                for port in 8080 8085 8086; do echo "$port $(call $address $port)"; done
            done
            n=5000
            for address in 203.0.113.9 2001:db8::9; do
                for port in 6000 6005 6010 6011; do n=$((n + 1)); chat $n $address $port >/run/chat.$n.$port; done
            done
            for file in /run/chat.*.60[01][05]; do until_said s2 $file; done
            sh $1/watch-published run >/run/said 2>&1 &
            until_said 'watches' /run/said; sleep 1
            ip -n s2 link set far down; died=$(now)
            for file in /run/chat.*.60[01][05]; do until_said s3 $file; since $died $file 3; done | sort | uniq -c
            cat /run/chat.*.6011 | wc -l
            ''', published('create-ranges')).readLines()*.strip() == ['8080 s2 sees ::ffff:10.0.0.1', '8085 s2 sees ::ffff:10.0.0.1', '8086',
                '8080 s2 sees fc00::1', '8085 s2 sees fc00::1', '8086', '6 in time', '0']
    }

    def 'where all are drained nobody gets a connection, and nft takes the empty maps; at a start, too'() {
        expect:
        run('''
            for name in web-ch web-de web-fr; do echo 2026 >/var/lib/linkctl/drained/place:$name; done
            sh $1/watch-published load && echo loaded
            nft list map inet linkctl_publish of_web_4 | grep -c 10.0.0. || true
            [ -z "$(call 203.0.113.9)" ] && echo nobody
            rm /var/lib/linkctl/drained/place:web-de
            sh $1/watch-published run >/run/said &
            until_called 203.0.113.9 's3 sees ::ffff:10.0.0.1'; echo one
            ''').readLines() == ['loaded', '0', 'nobody', 'one']
    }

    def 'who becomes master knows with one answer which targets live, and who is dead for long gets no call: #what'() {
        expect: 'one that would need nine answers or misses in a row'
        run("""
            sed 's/^misses=.*/misses=9/; s/^answers=.*/answers=9/' \$1/watch-published >/run/watch
            [ \$(grep -c '=9\$' /run/watch) = 2 ] && echo nine
            stand_by() { ip address del 203.0.113.9/24 dev eth0; ip address del 2001:db8::9/64 dev eth0; ip link set wg0 down; }
            rounds() { grep -c '^+ round' /run/trace; }
            after() { n=0; until [ \$(rounds) -ge \$((\$1 + \$2)) ]; do n=\$((n + 1)); [ \$n -lt 600 ]; sleep 0.05; done; }
            kill \$first
            [ $atStart = no ] || stand_by
            sh /run/watch load
            sh -x /run/watch run 2>/run/trace >/run/said &
            until_said 'watches' /run/said
            if [ $atStart = no ]; then until_called 203.0.113.9 's3 sees ::ffff:10.0.0.1'; stand_by; until_said '10.0.0.3 does not answer' /run/said; else after 0 3; fi
            ip link set wg0 up; ip address add fc00::1/64 dev wg0 nodad; ip -n s3 address replace fc00::3/64 dev far nodad
            ip address add 203.0.113.9/24 dev eth0; ip address add 2001:db8::9/64 dev eth0 nodad
            n=0; until ping -q -c 1 -W 1 fc00::3 >/dev/null; do n=\$((n + 1)); [ \$n -lt 100 ]; done
            after \$(rounds) 3
            nft list map inet linkctl_publish of_web_4 | grep -o '10.0.0[.0-9]*'; nft list map inet linkctl_publish of_web_6 | grep -o 'fc00::.'
            until_called 203.0.113.9 's3 sees ::ffff:10.0.0.1'
            """).readLines() == ['nine', '10.0.0.3', 'fc00::3']

        where:
        what                       | atStart
        'it was master before'     | 'no'
        'it stood by at its start' | 'yes'
    }

    def 'where a map is empty nobody reaches what listens on the port here: #what'() {
        expect:
        run("""
            listen() { perl -MIO::Socket::IP -e '\$s = IO::Socket::IP->new(Listen => 9, LocalHost => "::", LocalPort => \$ARGV[0], ReuseAddr => 1,
                V6Only => 0) or die \$@; while (\$c = \$s->accept) { print \$c "the router\n"; close \$c }' \$1 & }
            for port in ${ports.join(' ')} 8099; do listen \$port; done
            for port in ${ports.join(' ')} 8099; do n=0; until ss -Hltn "sport = :\$port" | grep -q .; do n=\$((n + 1)); [ \$n -lt 100 ]; sleep 0.05; done; done
            own() { timeout 1 bash -c 'exec 3<>"/dev/tcp/\$1/\$2"; cat <&3' call \$1 \$2 2>/dev/null || true; }
            nft -f /etc/linkctl/nftables/publish.nft
            for address in 203.0.113.9 2001:db8::9; do
                for port in ${ports.join(' ')} 8099; do echo "\$port \$(call \$address \$port), \$(own \$address \$port)"; done
            done
            sh \$1/watch-published load
            for address in 203.0.113.9 2001:db8::9; do call \$address 8099; done
            """, published(what)).readLines() == (['203.0.113.9', '2001:db8::9'].collectMany { ports.collect { "$it , ".toString() } + ['8099 the router, the router'] } + ['the router'] * 2)

        where:
        what            | ports
        'create'        | [80, 443]
        'create-ranges' | [8080, 8085]
    }

    def 'ROUND_ROBIN fills its slots alike with those that answer'() {
        expect:
        run('''
            mkdir -p /run/linkctl-publish/dead; : >/run/linkctl-publish/dead/ping@10.0.0.2
            sh $1/watch-published load
            nft list map inet linkctl_publish of_dns_4 | tr ',' '\\n' | sed -n 's/.*: \\(10[0-9.]*\\).*/\\1/p' | sort | uniq -c | tr -s ' '
            ''').readLines()*.strip() == ['30 10.0.0.3', '30 10.0.0.4']
    }
}
