package org.linkctl.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Hub;
import org.linkctl.model.Tunnel;

/**
 * Ends that call and are not called. Until one has sent something, and again when a NAT on its way has forgotten it, the
 * other end cannot send to it (wg(8), PersistentKeepalive).
 */
final class KeepaliveChecks {
    /** A NAT must keep the way of UDP packets open for 2 minutes; many do so for 30 s (RFC 4787, section 4.3). */
    private static final int LONGEST = 120;

    private final Refusals refusals;

    KeepaliveChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Set<String> said = new HashSet<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            List<String> callers = tunnel.ends().stream()
                    .filter(end -> end.endpoint() == null)
                    .map(Tunnel.End::host)
                    .toList();
            String group = tunnel.group();
            String name = group == null ? "tunnel '" + tunnel.name() + "'" : "tunnels '" + group + "'";
            if (tunnel.ends().size() != 2 || callers.size() != 1 || !said.add(name)) continue;
            String caller = callers.getFirst();
            boolean single = tunnel.ends().stream()
                            .filter(end -> end.host().equals(caller))
                            .count()
                    == 1;
            if (!single) continue; // said by others
            String reached = Names.shown(caller) + ", which has no endpoint: and calls, cannot be reached by "
                    + Names.shown(tunnel.farFrom(caller).host());
            keepalive(tunnel.keepalive(), tunnel.at(), name, reached);
        }
        for (Hub hub : fabric.hubs()) {
            boolean calls = hub.peers().stream().anyMatch(peer -> peer.endpoint() == null && peer.keepalive() == null);
            if (hub.spokes().isEmpty() && !calls) continue;
            String caller = hub.spokes().isEmpty() ? "a peer" : "a spoke";
            String reached = caller + " cannot be reached by " + Names.shown(hub.on());
            keepalive(hub.keepalive(), hub.at(), "hub '" + hub.name() + "'", reached);
        }
    }

    private void keepalive(@Nullable Integer seconds, Place at, String name, String reached) {
        if (seconds != null && seconds <= LONGEST) return;
        String summary = seconds == null
                ? "there is no keepalive: for " + Names.shown(name)
                : "keepalive: " + seconds + " of " + Names.shown(name) + " is longer than a NAT remembers";
        String until = seconds == null ? " until it has sent something, and again" : "";
        refusals.doubt(
                at,
                "keepalive",
                "",
                summary,
                reached + until + " once a NAT on the way has forgotten it, which may be after 30 s; keepalive: 25");
    }
}
