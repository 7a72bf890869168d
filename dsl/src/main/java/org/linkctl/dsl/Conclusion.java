package org.linkctl.dsl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.check.FabricChecks;
import org.linkctl.check.Refusal;
import org.linkctl.check.Refusal.Kind;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Site;
import org.linkctl.spi.SystemLimits;

/**
 * What remains to be said when the script has run: the checks of the fabric, at the places of the values that are to
 * blame, without what only follows from something that was reported already.
 */
final class Conclusion {
    private final Loading loading;
    private final Fabric fabric;
    /** What was said of a group, at one place, of one attribute: once is enough for all of its tunnels. */
    private final Set<String> said = new HashSet<>();

    private Conclusion(Loading loading, Fabric fabric) {
        this.loading = loading;
        this.fabric = fabric;
    }

    /**
     * @param limits what is not made on hosts of a system yet
     * @param whole the script came to its end
     */
    static Fabric of(Loading loading, List<SystemLimits> limits, boolean whole) {
        if (loading.name() == null && whole && !loading.failed()) {
            loading.error(
                    new Place(loading.file().toString(), 0, 0),
                    "declares no fabric",
                    "an inventory is: fabric('name') { … }",
                    null);
        }
        Fabric fabric = loading.fabric();
        new Conclusion(loading, fabric).check(limits, whole);
        return fabric;
    }

    private void check(List<SystemLimits> limits, boolean whole) {
        List<Refusal> refusals = FabricChecks.refusals(fabric, limits);
        refusals.stream()
                .filter(one -> one.kind() == Kind.VALUE && !isMended(one))
                .forEach(this::report);
        if (!whole) return;
        refusals.stream()
                .filter(one -> one.kind() == Kind.REFERENCE && !loading.isMentioned(one.value()))
                .forEach(this::report);
        List<Refusal> conflicts = refusals.stream()
                .filter(one -> one.kind() == Kind.TWICE || (one.kind() == Kind.CONFLICT && !follows(one)))
                .toList();
        GroupChecks.check(loading, fabric);
        conflicts.forEach(this::report);
    }

    /** Whether it is about what was taken away; what remains of a list is looked at. */
    private boolean isMended(Refusal refusal) {
        Call call = loading.callAt(refusal.diagnostic().at());
        return call != null
                && call.mended().contains(refusal.attribute())
                && exact(refusal).equals(call.of(refusal.attribute()));
    }

    /** Whether it is about something that could not be read in full. */
    private boolean follows(Refusal conflict) {
        Place at = conflict.diagnostic().at();
        Call call = loading.callAt(at);
        boolean hidden = call == null
                ? loading.troubles().hide(at, conflict.attribute())
                : loading.troubles().hide(call, conflict.attribute(), exact(Groups.named(loading, fabric, conflict)));
        if (hidden) return true;
        String value = conflict.value();
        return switch (conflict.attribute()) {
            case "via" ->
                fabric.tunnels().stream()
                        .filter(tunnel -> tunnel.name().equals(value))
                        .anyMatch(tunnel -> loading.troubles().hide(tunnel.at(), "via"));
            case "between" ->
                fabric.sites().stream()
                        .filter(site -> site.name().equals(value))
                        .map(Site::at)
                        .anyMatch(site -> loading.troubles().hide(site, "lan"));
            case "gateway" ->
                fabric.hosts().stream()
                        .filter(host -> host.at().equals(at))
                        .flatMap(host -> gateway(host))
                        .anyMatch(gateway -> loading.troubles().cloud(gateway.at()) || isLanHidden(gateway));
            default -> false;
        };
    }

    private boolean isLanHidden(Host host) {
        return fabric.sites().stream()
                .filter(site -> site.name().equals(host.site()))
                .anyMatch(site -> loading.troubles().hide(site.at(), "lan"));
    }

    private Stream<Host> gateway(Host host) {
        String name = host.gateway();
        return name == null ? Stream.empty() : fabric.host(name).stream();
    }

    private void report(Refusal refusal) {
        Refusal named = Groups.named(loading, fabric, refusal);
        Diagnostic diagnostic = named.diagnostic();
        Place exact = Groups.transit(loading, fabric, named).orElseGet(() -> exact(named));
        String group = Groups.of(fabric, diagnostic).orElse("");
        if (!group.isEmpty() && !said.add(exact + " " + named.attribute() + " " + group)) return;
        loading.report(new Diagnostic(
                diagnostic.severity(), exact, diagnostic.summary(), diagnostic.detail(), diagnostic.suggestion()));
    }

    private Place exact(Refusal refusal) {
        Place at = refusal.diagnostic().at();
        Call call = loading.callAt(at);
        if (call == null) return at;
        return switch (refusal.attribute()) {
            case "" -> call.at();
            case "name" -> call.ofName();
            case "value" ->
                call.arguments().size() > 1 ? call.arguments().get(1).at() : call.at();
            default -> call.of(refusal.attribute(), refusal.value());
        };
    }
}
