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
import org.linkctl.dsl.source.ScriptPosition;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.model.Fabric;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

/** Turns what is refused of a tunnel of a group into an error of the group, which is what the user wrote. */
final class TunnelGroupErrors {
    /** Attributes of a route that name tunnels. */
    private static final Set<String> BY_TUNNEL = Set.of("via", "weights", "prefer", "hold");

    private TunnelGroupErrors() {}

    /**
     * Severity and group of a diagnostic: the group of the tunnel, or of the end, that is declared at its place. Groups
     * made in a loop have the same place; then it is the group of the tunnel that the summary names, and where it names
     * none one diagnostic is reported for all of them.
     */
    static Optional<String> groupAt(Fabric fabric, Diagnostic diagnostic) {
        List<Tunnel> tunnels = at(fabric, diagnostic.at()).toList();
        Set<String> groups = tunnels.stream().map(TunnelGroupErrors::group).collect(Collectors.toSet());
        if (groups.isEmpty()) return Optional.empty();
        List<String> words = List.of(diagnostic.summary().split("[^A-Za-z0-9_.=+-]+"));
        String group = groups.size() == 1
                ? groups.iterator().next()
                : tunnels.stream()
                        .filter(tunnel -> words.contains(tunnel.name()) || words.contains(group(tunnel)))
                        .map(TunnelGroupErrors::group)
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

    /**
     * The place of the transit block from which the address of an end was assigned, since the address itself is not
     * written.
     */
    static Optional<Place> placeInTransit(ScriptPosition position, Fabric fabric, Refusal refusal) {
        Place at = refusal.diagnostic().at();
        if (!refusal.attribute().equals("address")) return Optional.empty();
        return at(fabric, at)
                .flatMap(tunnel -> Stream.ofNullable(position.at(tunnel.at())))
                .map(use -> block(use, refusal.value()))
                .findFirst();
    }

    private static Place block(WordUse use, String address) {
        WordUse.Value transit = use.attributes().get("transit");
        if (transit == null) return use.at();
        return Cidr.parse(address).stream()
                .flatMap(one -> transit.elements().stream()
                        .filter(block -> Cidr.parse(block.text())
                                .filter(net -> net.contains(one))
                                .isPresent()))
                .map(WordUse.Value::at)
                .findFirst()
                .orElse(transit.at());
    }

    /** Of a route that names a group: the refusal with the name of the group in place of that of its tunnel. */
    static Refusal forGroup(ScriptPosition position, Fabric fabric, Refusal refusal) {
        String attribute = refusal.attribute();
        if (!BY_TUNNEL.contains(attribute)) return refusal;
        WordUse use = position.at(refusal.diagnostic().at());
        if (use == null || use.says(attribute, refusal.value())) return refusal;
        Optional<String> group = fabric.tunnelsNamed(refusal.value()).stream()
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
