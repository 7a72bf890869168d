package org.linkctl.check

import java.util.concurrent.TimeUnit
import org.linkctl.model.*
import org.linkctl.net.Cidr
import org.linkctl.spread.Spread
import spock.lang.Specification
import spock.lang.Timeout

/** Checks that compare all with all take hours for these; bench/scale measures what is left. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScaleSpec extends Specification {
    static final int HOSTS = 1000
    static final int EACH = 10

    static String quad(int number) { "${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}" }

    static String address(int number) { "2001:db8::${Integer.toHexString(number + 16)}" }

    static Host host(int i) {
        new Host("h$i", "s$i", Os.LINUX, new SshTarget(null, address(i), null), Become.AUTO, null, FabricChecksSpec.at(i))
    }

    static Tunnel tunnel(int i, int d) {
        int k = (i * EACH + d) * 4
        FabricChecksSpec.tunnel("t${i}x$d",
                FabricChecksSpec.end("h$i", 10000 + d, "172.${quad((16 << 16) + k + 1)}/30", address(i), i),
                FabricChecksSpec.end("h${(i + d + 1) % HOSTS}", 20000 + d, "172.${quad((16 << 16) + k + 2)}/30", address((i + d + 1) % HOSTS), i))
    }

    static Fabric dense() {
        List<Intent> intents = (0..<HOSTS).collect { new Nic("h$it", 'eth0', [Cidr.of("10.${quad(it * 256 + 1)}/24")], null, FabricChecksSpec.at(it)) }
        for (i in 0..<HOSTS) for (d in 0..<EACH) intents << tunnel(i, d)
        for (i in 0..<HOSTS - 1) intents << FabricChecksSpec.route(["s$i" as String, "s${i + 1}" as String], ["t${i}x0" as String])
        new Fabric('x', (0..<HOSTS).collect { FabricChecksSpec.site("s$it", "10.${quad(it * 256)}/24") }, (0..<HOSTS).collect { host(it) }, intents)
    }

    def 'a thousand hosts with ten thousand tunnels, and a route between every two neighbours'() {
        given:
        def fabric = dense()

        expect:
        FabricChecks.check(fabric, []) == []
        Spread.collisions(fabric) == []
    }

    def 'a hub with a thousand spokes'() {
        given:
        def spokes = (1..HOSTS).collect { new Hub.Spoke("h$it", [Cidr.of("172.${quad((16 << 16) + it + 1)}/12")], FabricChecksSpec.at(it)) }
        def hub = new Hub('wg0', 'h0', 1337, [Cidr.of('172.16.0.1/12')], '192.0.2.1', null, 25, null, spokes, [], FabricChecksSpec.at(1))

        expect:
        FabricChecks.check(new Fabric('x', (0..HOSTS).collect { FabricChecksSpec.site("s$it") }, (0..HOSTS).collect { host(it) }, [hub]), []) == []
    }

    private static Route bgp(List<String> between, List<String> via, Map<String, Integer> hold = [:]) {
        new Route(between, via, [:], [], [], Route.Hash.L4, Route.Failover.NONE, Route.Protocol.BGP, true, hold, FabricChecksSpec.at(9))
    }

    private static List<String> bgpChecked(Fabric fabric) {
        def refusals = new Refusals()
        new BgpChecks(refusals).check(fabric)
        refusals.all()*.toString()
    }

    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    def 'a route by BGP over forty thousand tunnels, each with a hold time'() {
        given:
        int tunnels = 40_000
        def hosts = [host(0), host(1)]
        def names = (0..<tunnels).collect { "t$it".toString() }
        List<Intent> intents = hosts.withIndex().collect { host, i -> new Bgp(host.name(), 65001 + i, [Cidr.of("10.$i.0.0/16")], FabricChecksSpec.at(3)) }
        def ends = [FabricChecksSpec.end('h0', 5000, '172.16.0.1/30'), FabricChecksSpec.end('h1', 5000, '172.16.0.2/30')] as Tunnel.End[]
        names.each { intents << FabricChecksSpec.tunnel(it, ends) }
        intents << bgp(['s0', 's1'], names, names.collectEntries { [(it): 30] })

        expect:
        bgpChecked(new Fabric('x', [FabricChecksSpec.site('s0', '10.0.0.0/16'), FabricChecksSpec.site('s1', '10.1.0.0/16')], hosts, intents)) == []
    }

    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    def 'ten thousand sites in a chain of routes by BGP'() {
        given:
        int sites = 10_000
        def lan = { int i -> "10.${quad(i * 256)}/24".toString() }
        List<Intent> intents = (0..<sites).collect { new Bgp("h$it", 4_200_000_000L + it, [Cidr.of(lan(it))], FabricChecksSpec.at(3)) }
        for (i in 0..<sites - 1) {
            intents << FabricChecksSpec.tunnel("t$i", FabricChecksSpec.end("h$i", 5000, '172.16.0.1/30'), FabricChecksSpec.end("h${i + 1}", 5001, '172.16.0.2/30'))
            intents << bgp(["s$i".toString(), "s${i + 1}".toString()], ["t$i".toString()])
        }

        expect:
        bgpChecked(new Fabric('x', (0..<sites).collect { FabricChecksSpec.site("s$it", lan(it)) }, (0..<sites).collect { host(it) }, intents)) == []
    }
}
