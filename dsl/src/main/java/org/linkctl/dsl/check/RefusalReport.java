package org.linkctl.dsl.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.check.FabricChecks;
import org.linkctl.check.Refusal;
import org.linkctl.check.Refusal.Kind;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.DiagnosticCollector;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.dsl.words.InventoryRun;
import org.linkctl.dsl.words.TunnelGroup;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.spi.SystemLimits;

/**
 * Runs the checks of the fabric after the script has run, and reports what they refuse at the places of the values that
 * are wrong, without what only follows from an error that was reported before.
 */
public final class RefusalReport {
    /** What a group gives its tunnels as it stands there, and no check of anything else depends on. */
    private static final Set<String> OF_TUNNELS = Set.of("keepalive", "mtu");

    private final InventoryRun run;
    private final DiagnosticCollector diagnostics;
    private final Fabric fabric;
    /** Group, place and attribute of what was reported: once for all tunnels of the group. */
    private final Set<String> said = new HashSet<>();

    /** The places of groups of tunnels of which something was refused, and of their ends. */
    private final Set<Place> refusedGroups = new HashSet<>();

    private RefusalReport(InventoryRun run, Fabric fabric) {
        this.run = run;
        this.diagnostics = run.diagnostics();
        this.fabric = fabric;
        for (TunnelGroup group : run.declarations().groups()) {
            if (group.isInvalid()) refusedGroups.addAll(group.places());
        }
    }

    /**
     * Makes the fabric and reports what its checks refuse.
     *
     * @param limits what is not made on hosts of a system yet
     * @param whole every file ran to its end; otherwise only values are checked, not references and conflicts
     */
    public static Fabric checked(InventoryRun run, List<SystemLimits> limits, boolean whole) {
        if (run.declarations().name() == null && whole && !run.diagnostics().failed()) {
            run.diagnostics()
                    .error(
                            new Place(run.file().toString(), 0, 0),
                            "declares no fabric",
                            "an inventory is: fabric('name') { … }",
                            null);
        }
        Fabric fabric = run.declarations().fabric();
        new RefusalReport(run, fabric).check(limits, whole);
        return fabric;
    }

    private void check(List<SystemLimits> limits, boolean whole) {
        List<Refusal> refusals = FabricChecks.refusals(fabric, limits);
        refusals.stream()
                .filter(one ->
                        one.kind() == Kind.VALUE && !isOfIgnored(one) && !isOfRefusedGroup(one) && !isEmptied(one))
                .forEach(this::report);
        if (!whole) return;
        refusals.stream()
                .filter(one -> one.kind() == Kind.REFERENCE && !isPerhapsDeclared(one.value()) && !isEmptied(one))
                .forEach(this::report);
        List<Refusal> conflicts = refusals.stream()
                .filter(one -> one.kind() == Kind.TWICE
                        || (one.kind() == Kind.ALONE && !isHidden(one))
                        || (one.kind() == Kind.CONFLICT && !follows(one)))
                .toList();
        TunnelGroupPortChecks.check(run, fabric);
        conflicts.forEach(this::report);
    }

    /** Whether something that could not be read may have declared it. */
    private boolean isPerhapsDeclared(String name) {
        return diagnostics.isMentioned(name)
                || run.declarations().groups().stream().anyMatch(group -> group.mayName(name));
    }

    /** Whether it is about what the tunnels of a group lack, of which something else was refused. */
    private boolean isOfRefusedGroup(Refusal refusal) {
        return refusedGroups.contains(refusal.diagnostic().at()) && !OF_TUNNELS.contains(refusal.attribute());
    }

    /** Whether an attribute has no value since those that it has were refused. */
    private boolean isEmptied(Refusal refusal) {
        WordUse use = run.position().at(refusal.diagnostic().at());
        return use != null
                && refusal.value().isEmpty()
                && !refusal.attribute().isEmpty()
                && diagnostics.unreadable().affectItself(use, refusal.attribute());
    }

    private boolean isHidden(Refusal alone) {
        WordUse use = run.position().at(alone.diagnostic().at());
        return use != null && diagnostics.unreadable().affectAlone(use, alone.attribute());
    }

    /** Whether it is about an attribute that was removed as wrong; the remaining elements of a list are checked. */
    private boolean isOfIgnored(Refusal refusal) {
        WordUse use = run.position().at(refusal.diagnostic().at());
        return use != null
                && use.ignored().contains(refusal.attribute())
                && exact(refusal).equals(use.of(refusal.attribute()));
    }

    /** Whether it only follows from something that could not be read. */
    private boolean follows(Refusal conflict) {
        Place at = conflict.diagnostic().at();
        if (isOfRefusedGroup(conflict) || TunnelGroupPortChecks.says(run, fabric, conflict)) return true;
        WordUse use = run.position().at(at);
        boolean hidden = use == null
                ? diagnostics.unreadable().affect(at, conflict.attribute())
                : diagnostics
                        .unreadable()
                        .affect(
                                use,
                                conflict.attribute(),
                                exact(TunnelGroupErrors.forGroup(run.position(), fabric, conflict)));
        if (hidden) return true;
        String value = conflict.value();
        return switch (conflict.attribute()) {
            case "via" ->
                fabric.tunnelsNamed(value).stream()
                        .anyMatch(tunnel -> diagnostics.unreadable().affect(tunnel.at(), "via"));
            case "between" ->
                fabric.sites().stream()
                        .filter(site -> site.name().equals(value))
                        .map(Site::at)
                        .anyMatch(site -> diagnostics.unreadable().affect(site, "lan"));
            case "gateway" ->
                fabric.hosts().stream()
                        .filter(host -> host.at().equals(at))
                        .flatMap(host -> gateway(host))
                        .anyMatch(
                                gateway -> diagnostics.unreadable().areIn(gateway.at()) || isLanHidden(gateway.site()));
            case "lan" ->
                fabric.hubs().stream()
                        .flatMap(hub -> hub.spokes().stream())
                        .filter(spoke -> spoke.siteLan() && spoke.at().equals(at))
                        .flatMap(spoke -> fabric.host(spoke.host()).stream())
                        .anyMatch(host -> isLanHidden(host.site()));
            case "everythingFrom" ->
                routes(at)
                        .anyMatch(route ->
                                isOverRefused(route) || route.between().stream().anyMatch(this::isLanHidden));
            case "", "protocol" -> routes(at).anyMatch(this::isOverRefused);
            default -> false;
        };
    }

    private Stream<Route> routes(Place at) {
        return fabric.routes().stream().filter(route -> route.at().equals(at));
    }

    private boolean isOverRefused(Route route) {
        return route.via().stream()
                .flatMap(name -> fabric.tunnelsNamed(name).stream())
                .anyMatch(tunnel -> refusedGroups.contains(tunnel.at()));
    }

    private boolean isLanHidden(String name) {
        return fabric.sites().stream()
                .filter(site -> site.name().equals(name))
                .anyMatch(site -> diagnostics.unreadable().affect(site.at(), "lan"));
    }

    private Stream<Host> gateway(Host host) {
        String name = host.gateway();
        return name == null ? Stream.empty() : fabric.host(name).stream();
    }

    private void report(Refusal refusal) {
        Refusal named = TunnelGroupErrors.forGroup(run.position(), fabric, refusal);
        Diagnostic diagnostic = named.diagnostic();
        Place exact =
                TunnelGroupErrors.placeInTransit(run.position(), fabric, named).orElseGet(() -> exact(named));
        String group = TunnelGroupErrors.groupAt(fabric, diagnostic).orElse("");
        if (!group.isEmpty() && !said.add(exact + " " + named.attribute() + " " + group)) return;
        diagnostics.report(new Diagnostic(
                diagnostic.severity(), exact, diagnostic.summary(), diagnostic.detail(), diagnostic.suggestion()));
    }

    private Place exact(Refusal refusal) {
        Place at = refusal.diagnostic().at();
        WordUse use = run.position().at(at);
        if (use == null) return at;
        return switch (refusal.attribute()) {
            case "" -> use.at();
            case "name" -> use.ofName(refusal.value());
            case "value" -> use.arguments().size() > 1 ? use.arguments().get(1).at() : use.at();
            default -> use.of(refusal.attribute(), refusal.value());
        };
    }
}
