package org.linkctl.dsl.check;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.check.Refusal;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.source.Call;
import org.linkctl.dsl.source.ScriptPosition;
import org.linkctl.model.Fabric;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

/** What is refused of a tunnel that {@code tunnels} made is told of what the user wrote: the group. */
final class Groups {
    private Groups() {}

    /**
     * What a diagnostic at this place is of: the group of the tunnel, or of the end, that is declared there. Groups made
     * in a loop share their place; then the tunnel that the summary names tells whose it is, and where it names none it
     * is told of all of them at once. An error and a warning are two.
     */
    static Optional<String> of(Fabric fabric, Diagnostic diagnostic) {
        List<Tunnel> tunnels = at(fabric, diagnostic.at()).toList();
        Set<String> groups = tunnels.stream().map(Groups::group).collect(Collectors.toSet());
        if (groups.isEmpty()) return Optional.empty();
        List<String> words = List.of(diagnostic.summary().split("[^A-Za-z0-9_.=+-]+"));
        String group = groups.size() == 1
                ? groups.iterator().next()
                : tunnels.stream()
                        .filter(tunnel -> words.contains(tunnel.name()) || words.contains(group(tunnel)))
                        .map(Groups::group)
                        .findFirst()
                        .orElse("");
        return Optional.of(diagnostic.severity() + " " + group);
    }

    private static String group(Tunnel tunnel) {
        return Objects.requireNonNull(tunnel.group());
    }

    private static Stream<Tunnel> at(Fabric fabric, Place at) {
        return fabric.tunnels().stream()
                .filter(tunnel -> tunnel.group() != null)
                .filter(tunnel -> tunnel.at().equals(at)
                        || tunnel.ends().stream().map(Tunnel.End::at).anyMatch(at::equals));
    }

    /** The address of an end of a group's tunnel is written nowhere: it is cut out of the group's transit. */
    static Optional<Place> transit(ScriptPosition position, Fabric fabric, Refusal refusal) {
        Place at = refusal.diagnostic().at();
        if (!refusal.attribute().equals("address")) return Optional.empty();
        return at(fabric, at)
                .flatMap(tunnel -> Stream.ofNullable(position.at(tunnel.at())))
                .map(call -> block(call, refusal.value()))
                .findFirst();
    }

    private static Place block(Call call, String address) {
        Call.Value transit = call.attributes().get("transit");
        if (transit == null) return call.at();
        return Cidr.parse(address).stream()
                .flatMap(one -> transit.elements().stream()
                        .filter(block -> Cidr.parse(block.text())
                                .filter(net -> net.contains(one))
                                .isPresent()))
                .map(Call.Value::at)
                .findFirst()
                .orElse(transit.at());
    }

    /** A route that names a group speaks of the group, not of its tunnels one by one. */
    static Refusal named(ScriptPosition position, Fabric fabric, Refusal refusal) {
        String attribute = refusal.attribute();
        if (!attribute.equals("via") && !attribute.equals("weights")) return refusal;
        Call call = position.at(refusal.diagnostic().at());
        if (call == null || call.says(attribute, refusal.value())) return refusal;
        Optional<String> group = fabric.tunnels().stream()
                .filter(tunnel -> tunnel.name().equals(refusal.value()))
                .flatMap(tunnel -> Stream.ofNullable(tunnel.group()))
                .findFirst();
        if (group.isEmpty()) return refusal;
        Diagnostic one = refusal.diagnostic();
        String summary = one.summary()
                .replace("tunnel '" + refusal.value() + "'", "tunnels '" + group.get() + "'")
                .replace("'" + refusal.value() + "'", "'" + group.get() + "'");
        Diagnostic all = new Diagnostic(one.severity(), one.at(), summary, one.detail(), one.suggestion());
        return new Refusal(refusal.kind(), all, attribute, group.get());
    }
}
