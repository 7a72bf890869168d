package org.linkctl.modules.linux.publish

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.modules.Case
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
            ip netns exec $1 perl -MIO::Socket::IP -e '$SIG{PIPE} = "IGNORE"; $s = IO::Socket::IP->new(Listen => 9, LocalHost => "::", LocalPort => 443,
                ReuseAddr => 1, V6Only => 0) or die $@; while ($c = $s->accept) { print $c "$ARGV[0] sees ".$c->peerhost."\\n"; close $c }' $1 &
        }
        call() { ip netns exec client timeout 1 bash -c 'exec 3<>"/dev/tcp/$1/443"; cat <&3' call $1 2>/dev/null || true; }
        until_called() { n=0; until [ "$(call $1)" = "$2" ]; do n=$((n + 1)); [ $n -lt 200 ] || { echo "never: $2"; exit 1; }; sleep 0.1; done; }
        trap 'kill $(jobs -p)' EXIT
        serve s2; first=$!
        serve s3
        '''.stripIndent()

    @TempDir Path folder
    @Shared List<org.linkctl.modules.publishing.PublishedService> published =
            Case.of(new PublishModule(), new File(Case.folder(), 'linux.publish')).find { it.dir.name == 'create' }.wants.first().published()

    static boolean possible() {
        def missing = ['unshare', 'ip', 'nft', 'perl', 'bash'].findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'true'].execute().waitFor() != 0) missing << 'leave to make namespaces'
        if (missing) println "PublishSpec is skipped: there is no ${missing.join(', ')}"
        !missing
    }

    private String run(String script) {
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
            n=0; until grep -q before /run/heard; do n=$((n + 1)); [ $n -lt 100 ]; sleep 0.05; done
            echo '2026-11-29T04:00:00Z by ops@desk with published' >/var/lib/linkctl/drained/place:web-ch
            until_called 203.0.113.9 's3 sees ::ffff:10.0.0.1'; until_called 2001:db8::9 's3 sees fc00::1'; echo moved
            echo after >&5
            n=0; until grep -q after /run/heard; do n=$((n + 1)); [ $n -lt 100 ]; sleep 0.05; done
            cat /run/heard
            ip -n s3 link set far down
            n=0; until grep -q '10.0.0.3 does not answer' /run/said; do n=$((n + 1)); [ $n -lt 200 ]; sleep 0.05; done
            case $(call 203.0.113.9) in *s2*) echo 'not drained' ;; *) echo 'still drained' ;; esac
            nft list map inet linkctl_publish of_dns_4 | grep -c 10.0.0.2 || true
            rm /var/lib/linkctl/drained/place:web-ch
            until_called 203.0.113.9 's2 sees ::ffff:10.0.0.1'; until_called 2001:db8::9 's2 sees fc00::1'; echo back
            ''').readLines() == ['moved', 's2 heard before', 's2 heard after', 'still drained', '0', 'back']
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

    def 'ROUND_ROBIN fills its slots alike with those that answer'() {
        expect:
        run('''
            mkdir -p /run/linkctl-publish/dead; : >/run/linkctl-publish/dead/ping@10.0.0.2
            sh $1/watch-published load
            nft list map inet linkctl_publish of_dns_4 | tr ',' '\\n' | sed -n 's/.*: \\(10[0-9.]*\\).*/\\1/p' | sort | uniq -c | tr -s ' '
            ''').readLines()*.strip() == ['30 10.0.0.3', '30 10.0.0.4']
    }
}
