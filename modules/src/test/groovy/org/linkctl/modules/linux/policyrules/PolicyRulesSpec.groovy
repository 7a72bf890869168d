package org.linkctl.modules.linux.policyrules

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.modules.Case
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The service's program itself, by the kernel's policy routing in network namespaces: a LAN with a client that is sent over
 * the tunnel and one that is not, the host, its uplink, and a far end of the tunnel. Who answers tells by which way a packet went.
 */
@Requires({ PolicyRulesSpec.possible() })
class PolicyRulesSpec extends Specification {
    private static final String NETWORK = '''
        set -eu
        for root in /run /etc; do mount -t tmpfs -o mode=0755 tmpfs $root; done
        mkdir -p /run/netns /etc/systemd/system
        cp $1/linkctl-policy-rules.service /etc/systemd/system
        ip link set lo up
        ip link add lan0 type bridge; ip link set lan0 up
        ip address add 10.1.0.1/16 dev lan0; ip address add fd00:1::1/48 dev lan0 nodad
        echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
        far() { # far NAME IF OWN FAR OWN6 FAR6: a link with a host that has the world's address
            ip netns add $1; ip link add $2 type veth peer name far netns $1; ip link set $2 up
            ip address add $3 dev $2; ip address add $5 dev $2 nodad
            ip -n $1 link set lo up; ip -n $1 link set far up; ip -n $1 address add $4 dev far; ip -n $1 address add $6 dev far nodad
            ip -n $1 address add 203.0.113.9/32 dev lo; ip -n $1 address add 2001:db8:9::9/128 dev lo
            ip -n $1 route add default via ${3%/*}; ip -n $1 -6 route add default via ${5%/*}
            ip netns exec $1 perl -MIO::Socket::IP -e '$SIG{PIPE} = "IGNORE"; $s = IO::Socket::IP->new(Listen => 50, LocalHost => "::", LocalPort => 80,
                ReuseAddr => 1, V6Only => 0) or die $@; while ($c = $s->accept) { print $c "$ARGV[0]\\n"; close $c }' $1 &
        }
        client() { # client NAME ADDRESS ADDRESS6
            ip netns add $1; ip link add to-$1 type veth peer name eth0 netns $1; ip link set to-$1 master lan0 up
            ip -n $1 link set lo up; ip -n $1 link set eth0 up; ip -n $1 address add $2 dev eth0; ip -n $1 address add $3 dev eth0 nodad
            ip -n $1 route add default via 10.1.0.1; ip -n $1 -6 route add default via fd00:1::1
        }
        far uplink eth0 198.51.100.2/24 198.51.100.1/24 2001:db8::2/64 2001:db8::1/64
        far tunnel wg0 10.255.0.1/30 10.255.0.2/30 fd00:ff::1/126 fd00:ff::2/126
        ip route add default via 198.51.100.1; ip -6 route add default via 2001:db8::1
        client chosen 10.1.7.5/16 fd00:1:0:7::5/48
        client other 10.1.8.5/16 fd00:1:0:8::5/48
        for on in all default eth0 lan0 wg0; do echo 1 >/proc/sys/net/ipv4/conf/$on/rp_filter; done
        trap 'kill $(jobs -p) 2>/dev/null' EXIT
        over() { ip -$1 route replace default via $2 dev wg0 table TABLE proto 210; } # the work of the route's own program
        tunnels() { over 4 10.255.0.2; over 6 fd00:ff::2; }
        call() { $1 timeout 2 bash -c 'exec 3<>"/dev/tcp/$1/80"; cat <&3' call $2 2>/dev/null || echo nobody; }
        world() { echo $(call "$1" 203.0.113.9) $(call "$1" 2001:db8:9::9); }
        from() { world "ip netns exec $1"; }
        until_is() { n=0; until [ "$(eval "$1")" = "$2" ]; do n=$((n + 1)); [ $n -lt 100 ] || { echo "never: $1 = $2, but $(eval "$1")"; exit 1; }; sleep 0.1; done; }
        state() { ip rule; ip -6 rule; ip route show table TABLE || :; ip -6 route show table TABLE || :; } 2>/dev/null
        for one in uplink tunnel; do until ip netns exec $one bash -c ': >/dev/tcp/127.0.0.1/80' 2>/dev/null; do sleep 0.1; done; done
        until_is 'from chosen' 'uplink uplink'; until_is 'from other' 'uplink uplink'
        '''.stripIndent()

    @TempDir Path folder
    @Shared PolicyRulesModule.Want want =
            Case.of(new PolicyRulesModule(), new File(Case.folder(), 'linux.policy-rules')).find { it.dir.name == 'create' }.wants.first()

    static boolean possible() {
        def missing = ['unshare', 'ip', 'perl', 'bash'].findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'true'].execute().waitFor() != 0) missing << 'leave to make namespaces'
        if (missing) println "PolicyRulesSpec is skipped: there is no ${missing.join(', ')}"
        !missing
    }

    private String run(String script) {
        want.service().files().each { Files.writeString(folder.resolve(Path.of(it.path()).fileName), it.text()) }
        Files.writeString(folder.resolve('script'), (NETWORK + script).replace('TABLE', want.rules().find { PolicyRules.table(it).present }.with { PolicyRules.table(it).get() }))
        def process = new ProcessBuilder('unshare', '-nm', '--kill-child', 'bash', folder.resolve('script').toString(), folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start()
        if (!process.waitFor(120, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        folder.resolve('said').toFile().text
    }

    def 'what comes from the sources goes over the tunnel but for networks of the host, what others and the host itself send goes as it went'() {
        expect:
        run('''
            world env
            tunnels
            sh $1/keep-rules load
            from chosen; from other; world env
            call 'ip netns exec chosen' 198.51.100.1; call 'ip netns exec chosen' 2001:db8::1
            ''').readLines()*.trim() == ['uplink uplink', 'tunnel tunnel', 'uplink uplink', 'uplink uplink', 'uplink', 'uplink']

    }

    def 'what the host sends itself goes as it went, also by an address that is among the sources'() {
        expect:
        run('''
            tunnels
            sed 's,10.1.7.0/24,10.1.0.0/16,; s,fd00:1:0:7::/64,fd00:1::/48,' $1/keep-rules >$1/all
            sh $1/all load
            from other; world env
            ip route get 203.0.113.9 from 10.1.0.1 | grep -o 'dev [a-z0-9]*'; ip route get 2001:db8:9::9 from fd00:1::1 | grep -o 'dev [a-z0-9]*'
            ip route get 10.255.0.2 from 198.51.100.2 | grep -o 'dev [a-z0-9]*'
            ''').readLines()*.trim() == ['tunnel tunnel', 'uplink uplink', 'dev eth0', 'dev eth0', 'dev wg0']
    }

    def 'nothing leaves in clear while there is no tunnel'() {
        expect:
        run('''
            sh $1/keep-rules load
            from chosen; from other
            tunnels
            from chosen
            ip link set wg0 down
            from chosen
            ''').readLines()*.trim() == ['nobody nobody', 'uplink uplink', 'tunnel tunnel', 'nobody nobody']
    }

    def 'rules that somebody takes away come back, those of others stay, and clear leaves nothing'() {
        expect:
        run('''
            ip rule add priority 500 from 10.77.0.0/16 lookup 77; ip rule add priority 991 from 10.78.0.0/16 lookup 78
            state >/run/before
            tunnels
            sh $1/keep-rules load
            sh $1/keep-rules run &
            keeper=$!
            for family in -4 -6; do for number in 991 992 993; do ip $family rule del priority $number from $([ $family = -4 ] && echo 10.1.7.0/24 || echo fd00:1:0:7::/64); done; done
            until_is 'ip rule | grep -c 10.1.7.0/24' 3; until_is 'ip -6 rule | grep -c fd00:1:0:7::/64' 3
            from chosen
            kill $keeper; wait $keeper || :
            sh $1/keep-rules clear
            from chosen
            state | diff /run/before - && [ ! -e /run/linkctl-policy-rules ] && echo nothing
            ''').readLines()*.trim() == ['tunnel tunnel', 'uplink uplink', 'nothing']
    }

    def 'loaded again, nothing is set twice; what is not declared any more goes, also where nothing notes what was set'() {
        expect:
        run('''
            sh $1/keep-rules load; sh $1/keep-rules load
            ip rule | grep -c 10.1.7.0; ip -6 rule | grep -c fd00:1:0:7
            sed 's/10.1.7.0/10.1.8.0/' $1/keep-rules >$1/changed
            rm -r /run/linkctl-policy-rules
            sh $1/changed load
            ip rule | grep 10.1.7.0 || ip rule | grep -c 10.1.8.0
            ''').readLines()*.trim() == ['3', '3', '3']
    }
}
