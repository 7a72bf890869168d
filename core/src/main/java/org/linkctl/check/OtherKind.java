package org.linkctl.check;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;

/** A name that something has which is not of the kind that is meant: a pair in place of a host. */
final class OtherKind {
    private static final int HOSTS_SHOWN = 10;

    private final Refusals refusals;
    private final Fabric fabric;

    OtherKind(Refusals refusals, Fabric fabric) {
        this.refusals = refusals;
        this.fabric = fabric;
    }

    boolean refuses(Place at, String attribute, String name, String meant, String rule) {
        return refuses(at, attribute, name, meant, rule, _ -> true);
    }

    /**
     * Whether something else than what is meant has the name, which is refused then.
     *
     * @param meant what a message calls it: "host", "pair or host", "site", "tunnel"
     * @param rule what would be right
     * @param fits whether a host keeps to that rule
     */
    boolean refuses(Place at, String attribute, String name, String meant, String rule, Predicate<Host> fits) {
        String kind = kind(name);
        if (kind == null) return false;
        List<Host> hosts = fabric.hostsUnder(name).stream().filter(fits).toList();
        List<String> right = switch (meant) {
            case "site" -> hosts.stream().map(Host::site).distinct().toList();
            case "tunnel" -> List.of();
            default -> hosts.stream().map(Host::name).toList();
        };
        String members = kind.equals("host") || right.size() < 2 || right.size() > HOSTS_SHOWN
                ? ""
                : "; " + (meant.equals("site") ? "its hosts are at " : "its hosts are ") + String.join(", ", right);
        refusals.otherKind(
                at,
                attribute,
                name,
                "'" + Names.shown(name) + "' is a " + kind + ", not a " + meant,
                rule + Names.shown(members, Integer.MAX_VALUE),
                right.size() == 1 ? right.getFirst() : null);
        return true;
    }

    private @Nullable String kind(String name) {
        if (fabric.host(name).isPresent()) return "host";
        if (fabric.pairs().stream().anyMatch(one -> one.name().equals(name))) return "pair";
        if (fabric.groups().stream().anyMatch(one -> one.name().equals(name))) return "group";
        if (fabric.hasSite(name)) return "site";
        if (fabric.hubs().stream().anyMatch(one -> one.name().equals(name))) return "hub";
        return fabric.tunnels().stream()
                .filter(one -> one.name().equals(name) || name.equals(one.group()))
                .map(one -> one.name().equals(name) ? "tunnel" : "group of tunnels")
                .findFirst()
                .orElse(null);
    }
}
