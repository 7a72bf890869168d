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
        def hub = new Hub('wg0', 'h0', 1337, [Cidr.of('172.16.0.1/12')], '192.0.2.1', null, 25, null, spokes, FabricChecksSpec.at(1))

        expect:
        FabricChecks.check(new Fabric('x', (0..HOSTS).collect { FabricChecksSpec.site("s$it") }, (0..HOSTS).collect { host(it) }, [hub]), []) == []
    }
}
