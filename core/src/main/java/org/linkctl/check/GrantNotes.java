package org.linkctl.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.diag.Diagnostic;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Grants;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.model.KeptSources;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;

/** What a firewall lets through without a rule of the inventory, for whoever reads a plan. */
public final class GrantNotes {
    private GrantNotes() {}

    /** A note for each firewall that lets anything through by itself; of a fabric without errors. */
    public static List<Diagnostic> of(Fabric fabric) {
        List<Diagnostic> out = new ArrayList<>();
        for (Firewall firewall : fabric.all(Firewall.class)) {
            Map<String, List<String>> said = new LinkedHashMap<>();
            for (Host host : fabric.hostsOf(firewall.on())) {
                String text = String.join("; ", granted(fabric, firewall, host));
                if (!text.isEmpty())
                    said.computeIfAbsent(text, _ -> new ArrayList<>()).add(host.name());
            }
            if (said.isEmpty()) continue;
            String detail = said.entrySet().stream()
                    .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
                    .collect(Collectors.joining("\n"));
            out.add(Diagnostic.note(
                            firewall.at(), "this firewall lets in by itself what the inventory declares elsewhere")
                    .detail(detail));
        }
        return out;
    }

    private static List<String> granted(Fabric fabric, Firewall firewall, Host host) {
        List<String> out = new ArrayList<>();
        Set<String> carp = new LinkedHashSet<>();
        fabric.of(Vip.class, host).forEach(vip -> carp.add(vip.on()));
        boolean freebsd = host.os() == Os.FREEBSD;
        if (!carp.isEmpty()) out.add((freebsd ? "CARP by " : "VRRP by ") + String.join(", ", carp));
        fabric.one(StateSync.class, host)
                .ifPresent(sync -> out.add((freebsd ? "pfsync by " : "all from the other host by ") + sync.on()));
        for (Grants.Port port : Grants.ports(fabric, host)) {
            if (!port.called()) continue;
            Firewall.Ports ports = port.ports();
            String word = ports.from() == ports.to() ? "port " : "ports ";
            out.add("UDP " + word + ports.dashed() + " (" + port.why() + ")");
        }
        Map<String, Set<String>> through = new LinkedHashMap<>();
        for (Grants.Through one : Grants.through(fabric, host)) {
            through.computeIfAbsent(one.why(), _ -> new LinkedHashSet<>()).add(one.device());
        }
        through.forEach((why, devices) -> out.add("what " + why + " carries, by " + String.join(", ", devices)));
        fabric.of(Publish.class, host).forEach(publish -> out.add("what publish '" + publish.name() + "' carries"));
        KeptSources.of(fabric, host).stream()
                .flatMap(kept -> kept.publishes().stream()
                        .map(publish -> "what publish '" + publish.name() + "' sends from everywhere by "
                                + kept.hub().name()))
                .distinct()
                .forEach(out::add);
        fabric.of(Balance.class, host).forEach(balance -> out.add("what balance '" + balance.name() + "' spreads"));
        boolean main = firewall.ruleset() == Firewall.Ruleset.MAIN;
        if (!out.isEmpty() && main) {
            out.add("SSH, port " + HostAddresses.sshPort(host) + ", by interfaces that no rule names");
        }
        return out;
    }
}
