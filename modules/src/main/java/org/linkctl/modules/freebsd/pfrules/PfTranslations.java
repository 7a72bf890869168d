package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.model.Overlap;
import org.linkctl.model.RulePackets;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.Relation;

/** All translations of a host: what is published, then those of its firewall, each kind with the narrower ones first. */
final class PfTranslations {
    private final Fabric fabric;
    private final Host host;
    private final @Nullable Firewall firewall;
    private final @Nullable RulePackets rules;
    private final @Nullable String tag;

    /** @param rules of the inventory; null: there are none */
    PfTranslations(Fabric fabric, Host host, @Nullable RulePackets rules) {
        this.fabric = fabric;
        this.host = host;
        this.rules = rules;
        this.firewall = fabric.one(Firewall.class, host).orElse(null);
        // Where nothing is filtered, nobody has to know what came in for another address.
        boolean filters = firewall != null || fabric.ruleset(host) == Firewall.Ruleset.ANCHOR;
        this.tag = filters ? PfTags.REDIRECTED : null;
    }

    List<Translation> published() {
        List<Translation> out = new ArrayList<>();
        List<PfPublish> published = PfPublish.of(fabric, host);
        published.forEach(one -> out.addAll(one.nat()));
        published.forEach(one -> out.addAll(one.rdr(tag)));
        return out;
    }

    List<Translation> asked() {
        List<Translation> out = new ArrayList<>();
        if (firewall == null) return out;
        for (boolean v6 : new boolean[] {false, true}) {
            for (Firewall.Nat nat : Relation.narrowerFirst(firewall.nats(), (a, b) -> Overlap.of(a, b, v6))) {
                nat(out, nat, v6);
            }
        }
        Relation.narrowerFirst(firewall.redirects(), (a, b) -> Overlap.of(fabric, host, a, b))
                .forEach(redirect -> out.add(redirect(redirect)));
        return out;
    }

    /** The places of the rules that decide before something is translated. */
    Set<Integer> deciding() {
        Set<Integer> out = new TreeSet<>();
        published().forEach(one -> out.addAll(one.allowed(rules)));
        asked().forEach(one -> out.addAll(one.allowed(rules)));
        return out;
    }

    private static void nat(List<Translation> out, Firewall.Nat nat, boolean v6) {
        List<Cidr> from =
                nat.from().stream().filter(prefix -> prefix.isV6() == v6).toList();
        if (from.isEmpty()) return;
        Ip address = nat.address();
        // :0 leaves the addresses out that the pair shares: only their master may use them.
        String target = address == null ? "(" + nat.outbound() + ":0)" : address.text();
        out.add(new Translation(
                false, nat.outbound(), v6, null, from, "any", List.of(), List.of(), true, target, null));
    }

    private Translation redirect(Firewall.Redirect redirect) {
        Ip address = redirect.address();
        boolean v6 = redirect.to().isV6();
        List<Ip> called = address != null
                ? List.of(address)
                : HostAddresses.on(fabric, host, redirect.inbound()).stream()
                        .map(Cidr::address)
                        .filter(one -> one.isV6() == v6)
                        .toList();
        Integer port = redirect.toPort();
        return new Translation(
                true,
                redirect.inbound(),
                v6,
                redirect.proto(),
                List.of(),
                address == null ? "(" + PfWords.name(redirect.inbound()) + ")" : address.text(),
                called,
                List.of(redirect.ports()),
                port == null,
                redirect.to() + (port == null ? "" : " port " + port),
                tag);
    }
}
