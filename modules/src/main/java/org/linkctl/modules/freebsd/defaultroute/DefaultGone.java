package org.linkctl.modules.freebsd.defaultroute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.defaultroute.DefaultRouteModule.Facts;
import org.linkctl.modules.freebsd.defaultroute.DefaultRouteModule.Want;
import org.linkctl.modules.freebsd.defaultroute.DefaultRouteModule.Wanted;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.modules.freebsd.routes.RouteDiff;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Refused;

/**
 * That a default route is no longer declared: the one that was there before is there again.
 *
 * @param via as last declared; empty: nobody knows
 * @param found the one that was there at first; null: there was none
 */
record DefaultGone(boolean v6, String via, @Nullable String found) implements Wanted {
    private static final String VIA = "via";
    private static final String FOUND = "found";

    static Memory memory(Want want, Facts have, Optional<Memory> before) {
        Memory own = Memory.OWNED.with(VIA, want.wanted().gateway());
        if (before.isPresent()) return own.with(FOUND, before.get().value(FOUND).orElse(null));
        List<Netstat.Path> now = have.now(want);
        boolean ours = have.file() != null && OurFiles.isOurs(have.file());
        return ours || now.size() != 1 ? own : own.with(FOUND, now.getFirst().gateway());
    }

    static DefaultGone of(Owned owned) {
        Memory memory = owned.memory();
        return new DefaultGone(
                owned.name().equals(Wanted.family(true)),
                memory.value(VIA).orElse(""),
                memory.value(FOUND).orElse(null));
    }

    /** Where the kernel has another one meanwhile, that is somebody else's. */
    List<Change> changes(Facts have) {
        if (have.file() == null || !OurFiles.isOurs(have.file())) return List.of();
        List<Change> out = new ArrayList<>();
        Netstat.Path now = ours(have).orElse(null);
        if (now != null && found == null) {
            requireAnother(have);
            out.add(Change.state(subject(), RouteWay.of(now).shown(false), null).cuts());
        } else if (now != null && !now.gateway().equals(found)) {
            out.add(Change.state(subject(), now.gateway(), found));
        }
        out.add(Change.file(path(), have.file(), null));
        return out;
    }

    private Optional<Netstat.Path> ours(Facts have) {
        List<Netstat.Path> now = have.now(this);
        return now.stream()
                .filter(path ->
                        now.size() == 1 && path.isStatic() && path.gateway().equals(via))
                .findFirst();
    }

    /** What linkctl's own session is answered by does not go without another one. */
    private void requireAnother(Facts have) {
        Ip client = have.going().session().client().orElse(null);
        if (client == null || client.isV6() != v6) return;
        boolean another = have.going().hops().stream()
                .anyMatch(hop -> hop.prefix().length() > 0 && hop.prefix().contains(client));
        if (another) return;
        throw new Refused("linkctl's own session from " + client + " is answered by the " + subject() + " via " + via
                + ", which is no longer declared, and nothing else leads there; declare another defaultGateway:, or log in"
                + " from a network that the host is on");
    }

    List<Step> steps(Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            if (change.kind() == Change.Kind.FILE) out.add(new Step.RemoveFile(change.subject()));
            else ours(have).ifPresent(now -> out.add(found == null ? RouteDiff.deletion(now) : back(now, found)));
        }
        return out;
    }

    private Step back(Netstat.Path now, String gateway) {
        RouteWay way = new RouteWay(prefix(), gateway, null, 1, null);
        return Step.run(way.change(), RouteWay.of(now).change());
    }
}
