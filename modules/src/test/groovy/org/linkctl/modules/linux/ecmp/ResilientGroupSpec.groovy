package org.linkctl.modules.linux.ecmp

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.linkctl.modules.Case
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * The program of a watched route itself, by the kernel's nexthop objects, in a network namespace: three tunnels (pairs of veth
 * here) and flows that never pause, which tell by the interfaces' counters where they go.
 */
@Requires({ ResilientGroupSpec.possible() })
class ResilientGroupSpec extends Specification {
    private static final String NETWORK = '''
        set -eu
        mount -t tmpfs tmpfs /run
        mount -t sysfs sysfs /sys
        ip link set lo up
        for policy in /proc/sys/net/ipv?/fib_multipath_hash_policy; do echo 1 >$policy; done
        for k in 0 1 2; do
            ip link add wg$k type veth peer name far$k
            ip link set wg$k arp off up
            ip link set far$k arp off up
            ip address add 10.255.$k.1/28 dev wg$k
            ip address add fd00:ff::$k:1/112 dev wg$k nodad
        done
        ip address add 10.2.3.4/24 dev lo
        ip address add fd00:a::4/64 dev lo nodad
        route() { sh "$1/route" $2; }
        objects() { ip nexthop | wc -l; }
        flows() { # flows FAMILY: the tunnel of each of 60 flows
            perl -MSocket=:all -e '
                sub sent { map { open my $f, "<", "/sys/class/net/wg$_/statistics/tx_packets"; my $n = <$f>; chomp $n; $n } 0 .. 2 }
                for my $port (41001 .. 41060) {
                    my ($own, $far) = $ARGV[0] == 4 ? ("10.2.3.4", "10.5.6.7") : ("fd00:a::4", "fd00:b::7");
                    my $family = $ARGV[0] == 4 ? AF_INET : AF_INET6;
                    my $at = sub { $family == AF_INET ? pack_sockaddr_in($_[0], inet_pton($family, $_[1])) : pack_sockaddr_in6($_[0], inet_pton($family, $_[1])) };
                    socket my $s, $family, SOCK_DGRAM, 0; setsockopt $s, SOL_SOCKET, SO_REUSEADDR, 1; bind $s, $at->($port, $own) or die $!;
                    my @before = sent; send $s, "x", 0, $at->(9, $far) or die $!; my @after = sent;
                    print join("", grep { $after[$_] > $before[$_] } 0 .. 2), " ";
                }' $1
            echo
        }
        '''.stripIndent()

    @TempDir Path folder
    @Shared EcmpWant want = Case.of(new EcmpModule(), new File(Case.folder(), 'linux.ecmp')).find { it.dir.name == 'create' }.wants.find { it instanceof EcmpWant }

    static boolean possible() {
        def missing = ['unshare', 'ip', 'perl', 'flock'].findAll { ['sh', '-c', "command -v $it"].execute().waitFor() != 0 }
        if (!missing && ['unshare', '-nm', 'true'].execute().waitFor() != 0) missing << 'leave to make namespaces'
        if (!missing && ['unshare', '-n', 'ip', 'nexthop', 'bucket', 'list', 'dev', 'lo'].execute().waitFor() != 0) missing << 'kernel with resilient groups'
        if (missing) println "ResilientGroupSpec is skipped: there is no ${missing.join(', ')}"
        !missing
    }

    private List<String> run(String script) {
        Files.writeString(folder.resolve('route'), EcmpScript.text(want))
        Files.writeString(folder.resolve('script'), NETWORK + script)
        def process = new ProcessBuilder('unshare', '-nm', 'bash', folder.resolve('script').toString(), folder.toString()).redirectErrorStream(true).start()
        if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly()
        def said = process.inputStream.text.readLines()
        assert process.waitFor() == 0: said.join('\n')
        said
    }

    def 'IPv#family: flows of the tunnels that live stay where they are when one dies and when it returns'() {
        when:
        def said = run("""
            route \$1 apply; flows $family
            route \$1 'dead wg1'; flows $family; flows $family
            route \$1 'alive wg1'
            for n in 1 2 3; do sleep 0.5; flows $family; done
            ip nexthop bucket | grep -c 'nhid ${NexthopGroup.id(want.first(), family == 6) + NexthopGroup.offset(1)} '
            """)
        def (whole, dead, again) = said[0..2]*.split(' ')*.toList()

        then: 'all three are used; of those that lived, none moved'
        whole.toSet() == ['0', '1', '2'].toSet()
        whole.indices.every { whole[it] == '1' ? dead[it] in ['0', '2'] : dead[it] == whole[it] }
        again == dead

        and: 'nor when the tunnel is back, while buckets without flows are its own'
        said[3..5]*.split(' ')*.toList().every { it == dead }
        (said[6] as int) > 900

        where:
        family << [4, 6]
    }

    def 'routes with next hops of their own come to lead to groups and back, and a group of another shape is made anew'() {
        given:
        def (four, six) = [false, true].collect { NexthopGroup.id(want.first(), it) }

        when:
        def said = run("""
            ip route add 10.5.6.0/24 proto 210 src 10.2.3.4 nexthop dev wg0 nexthop dev wg1
            ip -6 route add fd00:b::/64 proto 210 src fd00:a::4 nexthop via fe80::1 dev wg0 nexthop via fe80::1 dev wg1
            shown() { ip -4 route show 10.5.6.0/24 | head -1; ip -6 route show fd00:b::/64 | head -1; }
            route \$1 apply; shown
            ip route del 10.5.6.0/24; ip nexthop del id $four
            ip nexthop add id $four group ${four + 2} type resilient buckets 8
            ip route add 10.5.6.0/24 proto 210 src 10.2.3.4 nhid $four
            route \$1 apply; shown
            ip nexthop show id $four
            mkdir /run/bin; printf '#!/bin/sh\\n[ "\$1 \$2" != "nexthop bucket" ] || exit 255\\nexec /sbin/ip "\$@"\\n' >/run/bin/ip; chmod +x /run/bin/ip
            sed -i 's,^PATH=,PATH=/run/bin:,' \$1/route
            route \$1 apply; shown
            """)

        then:
        said[0..1]*.replaceAll(/ proto.*/, '') == ["10.5.6.0/24 nhid $four", "fd00:b::/64 nhid $six"]*.toString()
        said[2..3]*.replaceAll(/ proto.*/, '') == ["10.5.6.0/24 nhid $four", "fd00:b::/64 nhid $six"]*.toString()
        said[4].startsWith("id $four group ${four + 2}/${four + 4}/${four + 6},2 type ${NexthopGroup.SHAPE} ")
        said[5..6]*.trim() == ['10.5.6.0/24 proto 210 src 10.2.3.4', 'fd00:b::/64 proto 210 src fd00:a::4 metric 1024 pref medium']
    }

    def 'a tunnel without IPv6, or that goes while a group is filled, costs its share and not the route'() {
        given:
        def (four, six) = [false, true].collect { NexthopGroup.id(want.first(), it) }

        when: 'IPv6 takes no interface of less than 1280 bytes (RFC 8200, section 5)'
        def said = run("""
            route \$1 apply; ip link set wg1 mtu 1200
            route \$1 'dead wg2'; echo rc \$?
            ip -4 route show 10.5.6.0/24 | head -1; ip -6 route show fd00:b::/64 | head -1; ip nexthop show id $six
            route \$1 'alive wg2'
            sed -i 's,^fill() {.*,&\\n    ip link del wg0 2>/dev/null,' \$1/route
            route \$1 apply; echo rc \$?
            ip -4 route show 10.5.6.0/24 | head -1; ip nexthop show id $four
            ${NextHops.deleteIfThere(four + 2).render()}; echo rc \$?
            """)

        then:
        said[0] == 'rc 0'
        said[1].startsWith("10.5.6.0/24 nhid $four")
        said[2].startsWith("fd00:b::/64 nhid $six")
        said[3].startsWith("id $six group ${six + 2} type resilient")

        and:
        said[4] == 'rc 0'
        said[5].startsWith("10.5.6.0/24 nhid $four")
        said[6].startsWith("id $four group ${four + 4}/${four + 6},2 type resilient")

        and: 'what went with its interface is no failure of its removal'
        said[7] == 'rc 0'
    }

    def 'an interface that goes takes its next hop alone, and the way back of a step makes what was there'() {
        given:
        def facts = new EcmpModule.Facts(null, [] as Set, [] as Set, [:], [], NextHops.BARE, false)
        def group = want.group(false, [] as Set)
        def made = NexthopDiff.groups(want, facts).first().undo().after()*.render().join('\n')

        when:
        def said = run("""
            route \$1 apply; ip link del wg2; ip route show 10.5.6.0/24 | grep -c nexthop
            ${group.commands().take(2)*.render().join('\n')}
            ${want.group(false, ['wg2'] as Set).commands()*.render().join('\n')}
            ip nexthop show id ${group.id()}
            ip nexthop del id ${group.id()}; ip nexthop del id ${group.id() + 1}
            ip nexthop | wc -l
            """)

        then:
        said[0] == '2'
        said[1].startsWith("id ${group.id()} group ${group.id() + 2}/${group.id() + 4} type resilient ")
        said[2] == '4'
        made.readLines().size() == 4
    }
}
