package org.linkctl.modules.linux.uplinks

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.modules.Case
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The service's program itself, by the kernel's policy routing and nftables in network namespaces: a host with two providers, a
 * client of each that only its own provider reaches, and a server in the LAN to which port 8080 is translated. Who is answered tells
 * by which way the answer went.
 */
@Requires({ UplinksSpec.possible() })
class UplinksSpec extends Specification {
    private static final String NETWORK = '''
        set -eu
        for root in /run /etc; do mount -t tmpfs -o mode=0755 tmpfs $root; done
        mkdir -p /run/netns /etc/systemd/system /etc/linkctl/nftables
        cp $1/linkctl-uplinks.service /etc/systemd/system; cp $1/uplinks.nft /etc/linkctl/nftables
        ip link set lo up
        uplink() { # uplink NAME IF ADDRESS ADDRESS6 ROUTER ROUTER6 NET NET6: a provider's router, and a client behind it
            ip netns add r$1; ip netns add c$1
            ip link add $2 type veth peer name far netns r$1; ip link set $2 up; ip address add $3/24 dev $2; ip address add $4/64 dev $2 nodad
            ip -n r$1 link set lo up; ip -n r$1 link set far up; ip -n r$1 address add $5/24 dev far; ip -n r$1 address add $6/64 dev far nodad
            ip -n r$1 link add cl type veth peer name eth0 netns c$1; ip -n r$1 link set cl up
            ip -n r$1 address add $7.1/24 dev cl; ip -n r$1 address add ${8}1/64 dev cl nodad
            ip -n c$1 link set lo up; ip -n c$1 link set eth0 up; ip -n c$1 address add $7.9/24 dev eth0; ip -n c$1 address add ${8}9/64 dev eth0 nodad
            ip -n c$1 route add default via $7.1; ip -n c$1 -6 route add default via ${8}1
            ip netns exec r$1 sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding'
        }
        uplink A eth0 192.0.2.2 2001:db8:a::2 192.0.2.1 2001:db8:a::1 203.0.113 2001:db8:ca::
        uplink B eth1 198.51.100.2 2001:db8:b::2 198.51.100.1 2001:db8:b::1 100.64.9 2001:db8:cb::
        ip route add default via 192.0.2.1; ip -6 route add default via 2001:db8:a::1
        echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
        ip netns add srv; ip link add lan0 type veth peer name eth0 netns srv; ip link set lan0 up
        ip address add 10.1.0.1/16 dev lan0; ip address add fd00:1::1/64 dev lan0 nodad
        ip -n srv link set lo up; ip -n srv link set eth0 up; ip -n srv address add 10.1.0.80/16 dev eth0; ip -n srv address add fd00:1::80/64 dev eth0 nodad
        ip -n srv route add default via 10.1.0.1; ip -n srv -6 route add default via fd00:1::1
        for on in all default eth0 eth1 lan0; do echo 1 >/proc/sys/net/ipv4/conf/$on/rp_filter; done
        nft add table inet others; nft 'add chain inet others pre { type nat hook prerouting priority dstnat; }'
        nft 'add rule inet others pre iifname { "eth0", "eth1" } tcp dport 8080 dnat ip to 10.1.0.80:80'
        nft 'add rule inet others pre iifname { "eth0", "eth1" } tcp dport 8080 dnat ip6 to [fd00:1::80]:80'
        trap 'kill $(jobs -p) 2>/dev/null' EXIT
        serve() { # serve NAME: says its name, and again what it is told
            exec perl -MIO::Socket::IP -e '$SIG{CHLD} = "IGNORE"; $s = IO::Socket::IP->new(Listen => 50, LocalHost => "::", LocalPort => 80, ReuseAddr => 1,
                V6Only => 0) or die $@; while ($c = $s->accept) { next if fork; $c->autoflush(1); print $c "$ARGV[0]\\n"; while (<$c>) { print $c $_ } exit }' $1
        }
        serve host & ip netns exec srv bash -c "$(declare -f serve); serve srv" &
        within() { ip netns exec $1 timeout 3 bash -c "$2" within ${3:-} ${4:-} 2>/dev/null || echo nobody; }
        call() { within $1 'exec 3<>"/dev/tcp/$1/$2"; read -r -t 2 who <&3; echo $who' $2 $3; }
        asked() { # asked CLIENT ADDRESS ADDRESS6: who answers, at the host's port and at the published one
            echo $(for address in $2 $3; do for port in 80 8080; do call $1 $address $port; done; done)
        }
        first() { asked cA 192.0.2.2 2001:db8:a::2; }
        second() { asked cB 198.51.100.2 2001:db8:b::2; }
        loose() { echo 2 >/proc/sys/net/ipv4/conf/eth1/rp_filter; } # the work of another module
        until_is() { n=0; until [ "$(eval "$1")" = "$2" ]; do n=$((n + 1)); [ $n -lt 100 ] || { echo "never: $1 = $2, but $(eval "$1")"; exit 1; }; sleep 0.1; done; }
        state() { ip rule; ip -6 rule; ip -4 route show table all; ip -6 route show table all | grep -v ' dev .* table local '; nft list ruleset; } 2>/dev/null
        until_is 'call cA 192.0.2.2 8080' srv; until_is first 'host srv host srv'
        '''.stripIndent()

    @TempDir Path folder
    @Shared UplinksModule.Want want = Case.of(new UplinksModule(), new File(Case.folder(), 'linux.uplinks')).find { it.dir.name == 'create' }.wants.first()

    static boolean possible() {
        def missing = ['unshare', 'ip', 'nft', 'perl', 'bash'].findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'nft', 'add', 'table', 'inet', 'x'].execute().waitFor() != 0) missing << 'leave to make namespaces'
        if (missing) println "UplinksSpec is skipped: there is no ${missing.join(', ')}"
        !missing
    }

    private List<String> run(String script) {
        want.routing().service().service().files().each { Files.writeString(folder.resolve(Path.of(it.path()).fileName), it.text()) }
        Files.writeString(folder.resolve('script'), NETWORK + script.stripIndent().replace('TABLE4', want.uplinks()[0].table()).replace('TABLE6', want.uplinks()[1].table()))
        def process = new ProcessBuilder('unshare', '-nm', '--kill-child', 'bash', folder.resolve('script').toString(), folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start()
        if (!process.waitFor(180, TimeUnit.SECONDS)) process.destroyForcibly().waitFor()
        folder.resolve('said').toFile().text.readLines()*.trim()
    }

    def 'the host and a server behind it are answered through the neighbour of the interface that was asked by; afterwards all is as before'() {
        expect:
        run('''
            state >/run/before
            second
            sh $1/keep-uplinks load
            first; second
            loose
            first; second
            sh $1/keep-uplinks clear
            first; second
            state | diff /run/before - && [ ! -e /run/linkctl-uplinks ] && echo nothing
            ''') == ['nobody nobody nobody nobody',
                     'host srv host srv', 'host nobody host srv',
                     'host srv host srv', 'host srv host srv',
                     'host srv host srv', 'nobody nobody nobody nobody', 'nothing']
    }

    def 'what has a narrower route than a default one goes as it went, and so does what the host begins'() {
        expect:
        run('''
            way() { ip route get "$@" | grep -o 'dev [a-z0-9]*'; }
            loose
            sh $1/keep-uplinks load
            way 10.1.0.80 from 198.51.100.2; way 203.0.113.9; way 2001:db8:ca::9
            way 203.0.113.9 from 198.51.100.2; way 2001:db8:ca::9 from 2001:db8:b::2
            call srv 198.51.100.2 80; call srv 2001:db8:b::2 80; call rB 198.51.100.2 8080; call rB 2001:db8:b::2 8080
            ''') == ['dev lan0', 'dev eth0', 'dev eth0', 'dev eth1', 'dev eth1', 'host', 'host', 'srv', 'srv']
    }

    def 'a socket of UDP that answers from the address that was asked, as that of WireGuard does'() {
        expect:
        run('''
            udp() { exec perl -MIO::Socket::IP -e '$s = IO::Socket::IP->new(Proto => "udp", LocalHost => $ARGV[0], LocalPort => 51820) or die $@; while ($s->recv($m, 99)) { $s->send("back\\n") }' $1; }
            ask() { ip netns exec cB timeout 5 perl -MIO::Socket::IP -e '$s = IO::Socket::IP->new(Proto => "udp", PeerHost => $ARGV[0], PeerPort => 51820) or die $@; $s->send("x"); $SIG{ALRM} = sub { print "nobody\\n"; exit }; alarm 1; $s->recv($m, 99); print $m' $1; }
            udp 198.51.100.2 & udp 2001:db8:b::2 &
            until_is 'ss -lun | grep -c :51820' 2
            ask 198.51.100.2; ask 2001:db8:b::2
            sh $1/keep-uplinks load
            ask 198.51.100.2; ask 2001:db8:b::2
            ''') == ['nobody', 'nobody', 'back', 'back']
    }

    def 'connections go on while it comes and goes, also one that is asked by that interface and answered by a route of its own'() {
        expect:
        run('''
            ip route add 100.64.9.0/24 via 198.51.100.1; ip -6 route add 2001:db8:cb::/64 via 2001:db8:b::1
            talk() { # talk NAME CLIENT ADDRESS: a connection that says something every 50 ms, and how often it was answered
                ip netns exec $2 bash -c 'exec 3<>"/dev/tcp/$1/80"; read -r who <&3; n=0; while [ ! -e /run/stop ]; do echo $n >&3; read -r -t 2 back <&3 || { echo lost; exit; }; n=$((n + 1)); sleep 0.05; done; echo kept $((n > 20))' talk $3 >/run/talk-$1 &
            }
            talk one cB 198.51.100.2; talk two cB 2001:db8:b::2; talk three cA 192.0.2.2; talk four cA 2001:db8:a::2
            sleep 0.5
            sh $1/keep-uplinks load; sleep 0.5
            sh $1/keep-uplinks load; sleep 0.5
            sh $1/keep-uplinks clear; sleep 0.5
            : >/run/stop
            until_is 'cat /run/talk-* | grep -c .' 4
            cat /run/talk-*
            ''') == ['kept 1'] * 4
    }

    def 'what somebody takes away comes back, what others have stays, and so do marks of others'() {
        expect:
        run('''
            ip rule add priority 500 from 10.77.0.0/16 lookup 77; ip rule add priority 987 from 10.78.0.0/16 lookup 78
            nft add table inet marks; nft 'add chain inet marks pre { type filter hook prerouting priority -160; }'
            nft add rule inet marks pre iifname eth1 tcp dport 8080 ct state new ct mark set 7
            loose
            state >/run/before
            sh $1/keep-uplinks load
            second
            nft flush chain inet marks pre
            sh $1/keep-uplinks run &
            keeper=$!
            ip rule del priority 987 from 198.51.100.2; until_is 'ip rule | grep -c 198.51.100.2' 2
            ip link set eth1 down; ip link set eth1 up; ip address add 2001:db8:b::2/64 dev eth1 nodad 2>/dev/null || :
            until_is 'echo $(ip route show table TABLE4; ip -6 route show table TABLE6 | cut -d" " -f1-5)' \
                'default via 198.51.100.1 dev eth1 proto kernel default via 2001:db8:b::1 dev eth1'
            nft delete table inet linkctl_uplinks; until_is 'nft list tables | grep -c linkctl_uplinks' 1
            until_is second 'host srv host srv'
            kill $keeper; wait $keeper || :
            sh $1/keep-uplinks clear
            ip rule | grep -c 'lookup 7[78]'; nft list tables | grep -v linkctl
            ''') == ['host nobody host nobody', '2', 'table inet others', 'table inet marks']
    }

    def 'another neighbour takes the place of a former one; loaded twice, nothing is there twice'() {
        expect:
        run('''
            loose
            sed 's/198.51.100.1 /198.51.100.254 /; s/TABLE4/1819607041/' $1/keep-uplinks >$1/former
            sh $1/former load; sh $1/former load
            ip rule | grep -c 'from 198.51.100.2'; ip route show table 1819607041
            sh $1/keep-uplinks load
            ip rule | grep -c 'from 198.51.100.2'; ip route show table 1819607041 | grep -c . || :
            second
            ''') == ['2', 'default via 198.51.100.254 dev eth1 proto kernel', '2', '0', 'host srv host srv']
    }

    def 'marks of another file take the place of the former ones, also where nobody has touched those'() {
        expect:
        run('''
            marks() { nft list table inet linkctl_uplinks | grep -c 'iifname "eth1"'; }
            loose
            cp /etc/linkctl/nftables/uplinks.nft /run/wanted; sed -i '/iifname/d' /etc/linkctl/nftables/uplinks.nft
            sh $1/keep-uplinks load
            marks || :; second
            cp /run/wanted /etc/linkctl/nftables/uplinks.nft
            sh $1/keep-uplinks load
            marks; second
            ''') == ['0', 'host nobody host nobody', '2', 'host srv host srv']
    }

    def 'what a program left that was ended in between, or whose notes are gone, is forgotten'() {
        expect:
        run('''
            ip rule add priority 986 from 198.51.100.7 lookup main suppress_prefixlength 0; ip rule add priority 987 from 198.51.100.7 lookup 1819607041
            ip -6 rule add priority 989 fwmark 0x6c750001 lookup 1819607041; ip rule add priority 987 from 198.51.100.8 lookup 1819607039
            ip route add default via 198.51.100.1 dev eth1 table 1819607042 proto kernel; ip route add default via 198.51.100.1 dev eth1 table 1819607039 proto kernel
            state >/run/before
            sh $1/keep-uplinks load
            ip rule | grep -c '198.51.100.[78]'; ip -6 rule | grep -c 0x6c750001 || :; ip route show table all | grep -c 18196070; ip rule | grep -c .
            sh $1/keep-uplinks clear
            state | diff /run/before - | grep -c '^>' || :
            ''') == ['1', '0', '1', '8', '0']
    }
}
