package org.linkctl.modules.frr

import org.linkctl.model.Fabric
import org.linkctl.modules.Inventories
import org.linkctl.modules.linux.bgproutes.BgpRoutesModule
import org.linkctl.spi.Finding
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Timeout

/**
 * Real FRR on two hosts, each in namespaces of its own, joined by four tunnels: pairs of virtual interfaces without a link-local
 * address, as WireGuard's are. Whatever FRR is told, the module says it.
 */
@Stepwise
@Timeout(600)
@Requires({ FrrSpec.possible() })
class FrrSpec extends Specification {
    @Shared
    Router near
    @Shared
    Router far
    @Shared
    Fabric fabric = load('four-tunnels')

    static boolean possible() {
        def missing = Router.missing()
        if (missing) println "FrrSpec: FRR was not run: $missing"
        missing == null
    }

    private static Fabric load(String name) {
        Inventories.load(new File(System.getProperty('basedir', '.'), "src/test/resources/frr/${name}.groovy"))
    }

    def setupSpec() {
        near = new Router('near')
        far = new Router('far', near)
        (1..4).each { near.join(far, "wg$it") }
        [(near): ['10.1.0.2/16', 'fd00:1::2/64', 1], (far): ['10.9.0.2/24', 'fd00:9::2/64', 2]].each { router, own ->
            router.run("""
                ip link set lo up
                ip link add eth0 type veth peer name eth0p
                ip link set eth0 addrgenmode none; ip link set eth0 up; ip link set eth0p up
                ip addr add ${own[0]} dev eth0; ip addr add ${own[1]} dev eth0 nodad
                for n in 1 2 3 4; do
                  ip link set wg\$n addrgenmode none; ip link set wg\$n up
                  ip addr add 10.255.\$n.${own[2]}/30 dev wg\$n; ip addr add fd00:ff:\$n::${own[2]}/64 dev wg\$n nodad
                done
                echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
                systemctl start""")
        }
        [near, far].each { router -> soon { router.run('vtysh -c "show daemons"') } }
    }

    def cleanupSpec() {
        [near, far]*.close()
    }

    /** Waits until something is so, and says after how many milliseconds it was. */
    private static long soon(int seconds = 60, Closure<?> what) {
        long start = System.nanoTime(), end = start + seconds * 1_000_000_000L
        Throwable last = null
        while (System.nanoTime() < end) {
            try {
                if (what()) return (System.nanoTime() - start).intdiv(1_000_000)
                last = null
            } catch (AssertionError e) {
                last = e
            }
            Thread.sleep(20)
        }
        throw new AssertionError((Object) "not within $seconds s${last ? ": $last.message" : ''}")
    }

    /** Commands that have FRR say that it has these prefixes itself; with "no ", that it has not. */
    private static List<String> originated(long as, boolean v6, List<String> prefixes, String no = '') {
        ['configure terminal'] + prefixes.collect { "${no}${v6 ? 'ipv6' : 'ip'} route $it blackhole" } +
            ["router bgp $as", "address-family ${v6 ? 'ipv6' : 'ipv4'} unicast"] + prefixes.collect { "${no}network $it" }
    }

    private void allPaths() {
        soon { [near, far].every { it.paths() == 4 && it.paths(true) == 4 } }
    }

    def 'hosts on which FRR does nothing yet get BGP, and all four tunnels are in the routes of both families'() {
        when:
        [near, far].each { it.apply(it.want(fabric)) }
        allPaths()

        then:
        [near, far].every { it.plan(it.want(fabric)).empty }
        near.run('ip route show proto bgp').contains('src 10.1.0.2')
        near.run('ip -6 route show proto bgp').contains('src fd00:1::2')

        and: 'verify sees the same'
        [near, far].every { router -> soon { router.verify(fabric).every { it.health() == Finding.Health.GOOD } } >= 0 }
        near.verify(fabric)*.text().contains('4 of 4 paths in the kernel: wg1, wg2, wg3, wg4')
    }

    def 'who deletes the nexthop objects of others, as systemd-networkd does, takes no route away'() {
        when:
        near.run('ip nexthop flush')

        then:
        near.paths() == 4
        near.paths(true) == 4
    }

    def 'the next boot begins with what runs now'() {
        given:
        def before = near.vtysh('show running-config')

        when:
        near.run('systemctl restart')
        soon { near.vtysh('show running-config') == before }
        allPaths()

        then:
        near.plan(near.want(fabric)).empty
    }

    def 'a file that somebody had FRR write is no difference, and says the same at the next boot'() {
        given:
        near.run('cp -p /etc/frr/frr.conf /run/frr.conf')
        def before = near.vtysh('show running-config')

        when:
        near.vtysh('write memory')

        then:
        !near.run('cat /etc/frr/frr.conf').contains('Made by linkctl')
        near.plan(near.want(fabric)).empty

        when:
        near.run('systemctl restart')
        soon { near.vtysh('show running-config') == before }

        then:
        near.plan(near.want(fabric)).empty

        when: 'forwarding was off when it was written'
        near.run("sed -i '1i no ip forwarding' /etc/frr/frr.conf")

        then:
        near.plan(near.want(fabric))*.subject() == ['/etc/frr/frr.conf']

        cleanup:
        near.run('cp -p /run/frr.conf /etc/frr/frr.conf')
        allPaths()
    }

    def 'a silent tunnel leaves the route in about a second and comes back, while the other sessions stay'() {
        given:
        def before = near.established()

        when:
        far.run('nft -f - <<END\ntable netdev cut {\n chain in {\n  type filter hook ingress device wg2 priority 0;\n  drop\n }\n}\ntable inet cut {\n chain out {\n  type filter hook output priority 0;\n  oifname wg2 drop\n }\n}\nEND')
        long out = soon { near.paths() == 3 && near.paths(true) == 3 }
        def meanwhile = near.verify(fabric)
        far.run('nft delete table netdev cut; nft delete table inet cut')
        long back = soon { near.paths() == 4 && near.paths(true) == 4 }
        println "FrrSpec: the silent tunnel was out of the routes after $out ms, and back $back ms after it answered again"

        then:
        out < 2500
        near.established().subMap(['10.255.1.2', '10.255.3.2', '10.255.4.2']) == before.subMap(['10.255.1.2', '10.255.3.2', '10.255.4.2'])
        meanwhile.any { it.health() == Finding.Health.BAD && it.text() == '3 of 4 paths in the kernel, not over wg2' }
    }

    def 'over #family nothing but the declared LANs is announced, or taken where the other end announces more'() {
        given:
        def before = near.established()
        far.vtysh(originated(4200000002, v6, theirs) as String[])
        near.vtysh(originated(65001, v6, ours) as String[])

        when: 'somebody lets everything out of one of them'
        far.vtysh('configure terminal', 'route-map ALL permit 10', 'exit', 'router bgp 4200000002', "address-family $family unicast", 'neighbor 10.255.1.1 route-map ALL out')
        soon { far.announced('10.255.1.1', v6).containsAll(theirs) }

        and: 'it has arrived: what is sent later on the same connection has'
        def heard = near.keepalives('10.255.1.2')
        soon { near.keepalives('10.255.1.2') >= heard + 2 }

        then: 'the other does not take it, and those with their filters do not announce it'
        near.taken(v6) == ['10.255.1.2', '10.255.2.2', '10.255.3.2', '10.255.4.2'].collectEntries { [(it): [lans[1]] as Set] }
        far.taken(v6) == ['10.255.1.1', '10.255.2.1', '10.255.3.1', '10.255.4.1'].collectEntries { [(it): [lans[0]] as Set] }
        (2..4).every { far.announced("10.255.${it}.1", v6) == [lans[1]] as Set }
        (1..4).every { near.announced("10.255.${it}.2", v6) == [lans[0]] as Set }
        theirs.every { near.run("ip $version route show exact $it").empty }
        near.verify(fabric).find { it.subject() == "BGP ${v6 ? 'IPv6' : 'IPv4'}" }.health() == Finding.Health.GOOD

        and: 'the filter is back after the next run, and no session has begun anew'
        far.plan(far.want(fabric))*.subject() == ['BGP neighbor 10.255.1.1']
        far.apply(far.want(fabric)).size() == 1
        far.plan(far.want(fabric)).empty
        soon { far.announced('10.255.1.1', v6) == [lans[1]] as Set } >= 0
        near.established() == before

        cleanup:
        far.vtysh(originated(4200000002, v6, theirs, 'no ') as String[])
        near.vtysh(originated(65001, v6, ours, 'no ') as String[])
        far.vtysh('configure terminal', 'no route-map ALL')

        where: 'a foreign network, the default route, a part of the declared LAN, and a part of the one that listens'
        v6    | lans                               | ours                                       | theirs
        false | ['10.1.0.0/16', '10.9.0.0/24']     | ['10.66.0.0/24', '10.1.128.0/17']          | ['10.77.0.0/24', '0.0.0.0/0', '10.9.0.128/25', '10.1.64.0/18']
        true  | ['fd00:1::/64', 'fd00:9::/64']     | ['2001:db8:66::/64', 'fd00:1:0:0:8000::/65'] | ['2001:db8:77::/64', '::/0', 'fd00:9:0:0:8000::/65', 'fd00:1:0:0:4000::/66']
        family = v6 ? 'ipv6' : 'ipv4'
        version = v6 ? '-6' : '-4'
    }

    def 'the hold time of one tunnel changes alone, and no session begins anew'() {
        given:
        def before = near.established()
        def changed = load('hold-of-one')
        def want = near.want(changed)

        expect:
        Router.MODULE.warnings(want, near.facts(want)).size() == 1

        when:
        def steps = near.apply(want)
        far.apply(far.want(changed))

        then:
        near.plan(want).empty
        steps.last().argv().words().takeRight(4) == ['-c', 'router bgp 65001', '-c', 'neighbor 10.255.3.2 timers 10 30']
        near.established() == before
        near.verify(changed).find { it.subject() == 'BGP over wg3' }.with { it.health() == Finding.Health.DOUBTFUL && it.text().contains('hold time of 9 s') }

        cleanup:
        [near, far].each { it.apply(it.want(fabric)) }
    }

    def 'the undoing of steps leads back'() {
        given:
        def before = near.vtysh('show running-config')

        when:
        def steps = near.apply(near.want(load('hold-of-one')))
        near.undo(steps)

        then:
        near.vtysh('show running-config') == before

        cleanup:
        near.apply(near.want(fabric))
    }

    def 'a tunnel that is being changed is out of the routes of both ends, and comes back'() {
        when:
        near.apply(near.want(fabric, ['wg4']))
        soon { near.paths() == 3 && far.paths() == 3 && near.paths(true) == 3 && far.paths(true) == 3 }

        then:
        near.plan(near.want(fabric, ['wg4'])).empty
        !near.run('cat /etc/frr/frr.conf').contains('shutdown')

        when:
        near.apply(near.want(fabric))
        allPaths()

        then:
        near.plan(near.want(fabric)).empty
    }

    def 'bgpd is killed: no route is lost on either side, and its sessions come back'() {
        given:
        def lans = [(near): ['10.9.0.0/24', 'fd00:9::/64'], (far): ['10.1.0.0/16', 'fd00:1::/64']]
        def watch = { Router router -> 'for i in $(seq 300); do echo' + ['-4', '-6'].withIndex().collect { family, n -> " \$(ip $family route show ${lans[router][n]} | grep -c 'dev wg')" }.join('') + '; sleep 0.05; done' }
        def before = near.run('cat /run/frr/bgpd.pid')
        def seen = [near, far].collect { router -> java.util.concurrent.CompletableFuture.supplyAsync { router.run(watch(router)) } }

        when:
        near.run('kill -9 $(cat /run/frr/bgpd.pid)')
        soon { near.run('cat /run/frr/bgpd.pid') != before && near.established().size() == 4 }
        println "FrrSpec: paths that were seen while bgpd was dead: ${seen*.get()*.readLines()*.unique()}"

        then: 'sessions come back one by one: a route may have fewer paths for a moment'
        seen*.get()*.readLines().flatten().every { it.split(' ').every { paths -> paths.toInteger() > 0 } }
        near.plan(near.want(fabric)).empty
    }

    def 'the address on the LAN goes and comes back, and so do the routes: meanwhile nothing leaves in clear'() {
        given: 'a way to everywhere, and what a boot starts'
        near.run('ip link add up0 type veth peer name up0p; ip link set up0 up; ip link set up0p up; ip addr add 192.0.2.2/24 dev up0; ip addr add 2001:db8::2/64 dev up0 nodad; ip route add default via 192.0.2.1; ip -6 route add default via 2001:db8::1')
        near.put('/run/keep', BgpRoutesModule.script(BgpRoutes.of(near.scope(fabric), 'linux.bgp', 'frr').get()).replace('/etc/systemd/system', '/run'))
        near.run(': >/run/linkctl-bgp-routes.service; sh /run/keep run >/run/keep.log 2>&1 & echo $! >/run/keep.pid; sh /run/keep load')
        def sources = { near.run('ip route show 10.9.0.0/24 proto bgp; ip -6 route show fd00:9::/64 proto bgp') }

        expect: 'it changes nothing while there are routes'
        near.run('ip route get 10.9.0.9; ip -6 route get fd00:9::9').readLines().count { it.contains('dev wg') } == 2
        near.plan(near.want(fabric)).empty

        when:
        near.run('ip addr del 10.1.0.2/16 dev eth0; ip addr del fd00:1::2/64 dev eth0')
        soon { near.run('ip route show 10.9.0.0/24') == 'unreachable 10.9.0.0/24 proto kernel metric 4294967294 \n' }

        then: 'the kernel keeps those of IPv6, without the address'
        near.run('ip route get 10.9.0.9 2>&1 || :').contains('No route to host')
        near.run('ip -6 route get fd00:9::9').contains('dev wg')

        when:
        near.run('ip addr add 10.1.0.2/16 dev eth0; ip addr add fd00:1::2/64 dev eth0')
        soon { sources().contains('src 10.1.0.2') && sources().contains('src fd00:1::2') && near.paths() == 4 && near.paths(true) == 4 }

        then: 'and zebra is as before'
        near.plan(near.want(fabric)).empty
        soon { near.verify(fabric).every { it.health() == Finding.Health.GOOD } } >= 0

        when: 'zebra ends'
        near.run('systemctl stop')

        then:
        soon { near.run('{ ip route get 10.9.0.9 || :; ip -6 route get fd00:9::9 || :; } 2>&1').count('No route to host') == 2 } >= 0

        cleanup:
        near.run('kill $(cat /run/keep.pid); ip -4 route flush table main type unreachable proto kernel; ip -6 route flush table main type unreachable proto kernel; ip link del up0')
        near.run('systemctl start')
        allPaths()
    }

    def 'what others have configured stays where linkctl leaves'() {
        given:
        near.vtysh('configure terminal', 'ip route 198.51.100.0/24 blackhole', 'router bgp 65001', 'neighbor 10.1.0.99 remote-as 65010', 'neighbor 10.1.0.99 password mystery')
        def hand = 'ip route 198.51.100.0/24 blackhole\n!\nrouter bgp 65001\n neighbor 10.1.0.99 remote-as 65010\n neighbor 10.1.0.99 password mystery\nexit\n'
        near.run("printf '%s' '$hand' | cat /etc/frr/frr.conf - >/run/new; cat /run/new >/etc/frr/frr.conf")

        expect: 'it is nothing to linkctl while linkctl is there'
        near.plan(near.want(fabric)).empty
        !near.facts(near.want(fabric)).toString().contains('mystery')

        when:
        def gone = near.gone(fabric)
        def changes = near.plan(gone)
        near.apply(gone)
        def left = near.vtysh('show running-config')

        then:
        !changes.toString().contains('mystery')
        near.plan(gone).empty
        !left.contains('LINKCTL') && !left.contains('10.255.') && !left.contains('profile linkctl')
        left.contains('ip route 198.51.100.0/24 blackhole') && left.contains('neighbor 10.1.0.99 password mystery')
        near.run('cat /etc/frr/frr.conf') == 'log syslog informational\nservice integrated-vtysh-config\n' + hand
        soon { near.paths() == 0 && far.paths() == 0 } >= 0

        and: 'the other end, which has lost its neighbour, does not send in clear what was for the tunnels'
        far.run('ip route get 10.1.0.9').contains('dev wg')
        far.verify(fabric).any { it.subject() == 'route 10.1.0.0/16' && it.health() == Finding.Health.BAD && it.text().contains('fallback') }
    }

    def 'nothing is left of a host that had nothing'() {
        when:
        def gone = far.gone(fabric)
        far.apply(gone)
        soon { // an instance of BGP takes a moment to end
            assert far.plan(gone).empty
            true
        }

        then:
        far.run('cat /etc/frr/frr.conf') == 'log syslog informational\nservice integrated-vtysh-config\n'
        !far.vtysh('show running-config').contains('router bgp')
    }
}
