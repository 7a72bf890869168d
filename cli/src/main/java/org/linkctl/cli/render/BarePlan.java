package org.linkctl.cli.render;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Selection;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.plan.Planned;
import org.linkctl.plan.Planner;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Change;
import org.linkctl.spi.Published;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Secrets;

/** The plan for hosts on which nothing is configured yet. */
public final class BarePlan {
    private BarePlan() {}

    /** What the selected hosts would hold, in the order of the fabric's hosts. */
    public static Map<Host, HostPlan> of(Fabric fabric, Planner planner, Selection selection) {
        Map<Host, HostPlan> out = new LinkedHashMap<>();
        Secrets secrets = secretStandIns(fabric, planner);
        Published published = standIns(fabric);
        for (Host host : fabric.hosts()) {
            if (!selection.holds(host)) continue;
            Scope scope = new Scope(fabric, host, published, Set.of(), secrets);
            out.put(host, of(scope, planner, selection));
        }
        return out;
    }

    private static HostPlan of(Scope scope, Planner planner, Selection selection) {
        List<HostPlan.Item> items = new ArrayList<>();
        for (Planned<?, ?> planned : planner.plan(scope)) {
            if (!selection.holdsModule(planned.module())) continue;
            Planned.Assessment bare = planned.assessBare();
            if (bare.changes().isEmpty()) continue;
            items.add(new HostPlan.Item(
                    planned.module(),
                    planned.resource().id(),
                    bare.changes(),
                    bare.steps(),
                    planned.resource().unknowns(),
                    List.of(),
                    planned.guarded()));
        }
        return new HostPlan(scope.host(), items);
    }

    /** Placeholders for all secrets: no provider is asked. */
    private static Secrets secretStandIns(Fabric fabric, Planner planner) {
        Map<String, Secret> out = new HashMap<>();
        for (SecretRef ref : planner.secrets(fabric, host -> true, module -> true))
            out.put(ref.name(), Secrets.STAND_IN);
        return new Secrets(out, Secrets.NONE.fingerprints());
    }

    /**
     * Placeholders for what hosts publish once they are configured, so that the commands that need a peer's key can be
     * written.
     */
    private static Published standIns(Fabric fabric) {
        Map<String, Published.Values> byHost = new HashMap<>();
        for (Host host : fabric.hosts()) {
            Map<String, String> plain = new HashMap<>();
            Map<String, Secret> hidden = new HashMap<>();
            for (Tunnel tunnel : fabric.tunnels(host)) {
                plain.put("wireguard." + tunnel.name() + ".public-key", Change.UNKNOWN);
                hidden.put("wireguard." + tunnel.name() + ".psk", new Secret(Change.UNKNOWN));
            }
            for (Hub hub : fabric.hubs(host)) {
                plain.put("wireguard." + hub.name() + ".public-key", Change.UNKNOWN);
            }
            byHost.put(host.name(), new Published.Values(plain, hidden));
        }
        return new Published(byHost);
    }
}
