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
import org.linkctl.model.Tunnel;

/**
 * What remains to be said when the script has run: the checks of the fabric, at the places of the values that are to
 * blame, without what only follows from something that was reported already.
 */
final class Conclusion {
    private final Loading loading;
    private final Fabric fabric;

    private Conclusion(Loading loading, Fabric fabric) {
        this.loading = loading;
        this.fabric = fabric;
    }

    /** @param whole the script came to its end */
    static Fabric of(Loading loading, boolean whole) {
        if (loading.name() == null && whole && !loading.failed()) {
            loading.error(
                    new Place(loading.file().toString(), 0, 0),
                    "declares no fabric",
                    "an inventory is: fabric('name') { … }",
                    null);
        }
        Fabric fabric = loading.fabric();
        new Conclusion(loading, fabric).check(whole);
        return fabric;
    }

    private void check(boolean whole) {
        List<Refusal> refusals = FabricChecks.refusals(fabric);
        refusals.stream()
                .filter(one -> one.kind() == Kind.VALUE && !isMended(one))
                .forEach(this::report);
        if (!whole) return;
        refusals.stream()
                .filter(one -> one.kind() == Kind.REFERENCE && !loading.isMentioned(one.value()))
                .forEach(this::report);
        List<Refusal> conflicts = refusals.stream()
                .filter(one -> one.kind() == Kind.CONFLICT && !follows(one))
                .toList();
        GroupChecks.check(loading, fabric);
        Set<String> said = new HashSet<>();
        for (Refusal conflict : conflicts) {
            Place at = conflict.diagnostic().at();
            if (!ofGroup(at) || said.add(at + " " + conflict.attribute())) report(conflict);
        }
    }

    private boolean isMended(Refusal refusal) {
        Call call = loading.callAt(refusal.diagnostic().at());
        return call != null && call.mended().contains(refusal.attribute());
    }

    /** Whether it is about something that could not be read in full. */
    private boolean follows(Refusal conflict) {
        Place at = conflict.diagnostic().at();
        if (loading.isBlurred(at)) return true;
        String value = conflict.value();
        return switch (conflict.attribute()) {
            case "via" ->
                fabric.tunnels().stream()
                        .filter(tunnel -> tunnel.name().equals(value))
                        .anyMatch(tunnel -> loading.isBlurred(tunnel.at()));
            case "between" ->
                fabric.sites().stream()
                        .filter(site -> site.name().equals(value))
                        .map(Site::at)
                        .anyMatch(loading::isBlurred);
            case "gateway" ->
                fabric.hosts().stream()
                        .filter(host -> host.at().equals(at))
                        .flatMap(host -> gateway(host))
                        .anyMatch(gateway -> loading.isClouded(gateway.at()));
            default -> false;
        };
    }

    private Stream<Host> gateway(Host host) {
        String name = host.gateway();
        return name == null ? Stream.empty() : fabric.host(name).stream();
    }

    /** All tunnels of a group stand at one place: once is enough. */
    private boolean ofGroup(Place at) {
        return fabric.tunnels().stream()
                .filter(tunnel -> tunnel.group() != null)
                .anyMatch(tunnel -> tunnel.at().equals(at)
                        || tunnel.ends().stream().map(Tunnel.End::at).anyMatch(at::equals));
    }

    private void report(Refusal refusal) {
        Diagnostic diagnostic = refusal.diagnostic();
        Call call = loading.callAt(diagnostic.at());
        Place exact = call == null ? diagnostic.at() : exact(call, refusal);
        loading.report(new Diagnostic(
                diagnostic.severity(), exact, diagnostic.summary(), diagnostic.detail(), diagnostic.suggestion()));
    }

    private static Place exact(Call call, Refusal refusal) {
        return switch (refusal.attribute()) {
            case "" -> call.at();
            case "name" -> call.ofName();
            case "value" ->
                call.arguments().size() > 1 ? call.arguments().get(1).at() : call.at();
            default -> call.of(refusal.attribute(), refusal.value());
        };
    }
}
