package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.routes.Preferred;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.modules.routes.RouteState;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;
import org.linkctl.spi.Scope;

/**
 * The script that sets a route over those of its tunnels that can carry something now. wg-quick's hooks, the watcher
 * and linkctl itself all go through it, one at a time.
 *
 * <p>Two things about Linux shape it. Taking an interface away takes the whole IPv4 route with it, however many other
 * next hops it has (seen on 6.1 and 6.18): so a tunnel leaves the route before it goes down. And {@code ip route
 * replace} never leaves a moment without the route: IPv4 swaps it, IPv6 replaces the first next hop and then adds the
 * others (net/ipv6/route.c, ip6_route_multipath_add).
 */
final class EcmpScript {
    private static final ShellTemplate PLAIN = ShellFile.of(EcmpScript.class, "route.sh");
    private static final ShellTemplate WATCHED = ShellFile.of(EcmpScript.class, "watched-route.sh");

    static final RouteState STATE = new RouteState("/run/linkctl");

    private EcmpScript() {}

    static String text(EcmpWant want) {
        ShellTemplate program = want.watched() ? watched(want) : PLAIN;
        return program.lines("MARK", List.of(OurFiles.MARK))
                .word("LABEL", want.label())
                .word("NAME", RouteProgram.name(want.label()))
                .raw("ARRIVED", arrived(want))
                .word("HELD", Scope.HELD)
                .words("TUNNELS", want.hops().stream().map(EcmpWant.Hop::tunnel).toList())
                .lines("PREFER", Preferred.lines(want.ranks()))
                .word("PROTOCOL", EcmpModule.PROTOCOL)
                .lines(
                        "HOPS",
                        want.hops().stream()
                                .flatMap(hop -> hops(want, hop).stream())
                                .toList())
                .lines(
                        "ROUTES",
                        want.targets().stream()
                                .map(target -> route(target, want.watched() ? "$way" : "hops"))
                                .toList())
                .text();
    }

    private static ShellTemplate watched(EcmpWant want) {
        List<String> members = new ArrayList<>();
        for (EcmpWant.Hop hop : want.hops()) {
            members.add(Argv.quote(hop.tunnel()) + ") id=$(($2 + " + NexthopGroup.offset(members.size()) + ")) weight="
                    + hop.weight() + " ;;");
        }
        return WATCHED.lines("MEMBERS", members)
                .words(
                        "FAMILIES",
                        want.families().stream().map(v6 -> v6 ? "6" : "4").toList())
                .word("FIRST", Integer.toString(want.first()))
                .word("BUCKETS", Integer.toString(NexthopGroup.BUCKETS))
                .word("IDLE", Integer.toString(NexthopGroup.IDLE))
                .word("UNBALANCED", Integer.toString(NexthopGroup.UNBALANCED));
    }

    private static String arrived(EcmpWant want) {
        List<String> sources = want.targets().stream()
                .filter(target -> target.source() != null)
                .map(target -> "has " + target.source())
                .distinct()
                .toList();
        return sources.isEmpty() ? "true" : String.join(" && ", sources);
    }

    private static List<String> hops(EcmpWant want, EcmpWant.Hop hop) {
        return want.targets().stream()
                .map(target -> target.prefix().isV6())
                .distinct()
                .map(v6 -> (v6 ? 6 : 4) + "/" + Argv.quote(hop.tunnel()) + ") echo " + new Argv(hop.words(v6)).render()
                        + " ;;")
                .toList();
    }

    /** @param ways what prints the next hops, or the group of them */
    private static String route(EcmpWant.Target target, String ways) {
        EcmpWant.Inside inside = target.inside();
        String family = target.prefix().isV6() ? "6" : "4";
        if (inside != null)
            return "ip -" + family + " route replace default table " + inside.table() + " proto " + EcmpModule.PROTOCOL
                    + " $(" + ways + " " + family + ") || status=1";
        return "route " + family + " " + target.prefix() + (target.source() == null ? "" : " " + target.source());
    }
}
