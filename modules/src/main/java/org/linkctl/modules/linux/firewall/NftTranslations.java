package org.linkctl.modules.linux.firewall;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Overlap;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.Relation;

/** Rules that translate addresses, narrower ones first, since the first one that fits counts (nft(8), "NAT STATEMENTS"). */
final class NftTranslations {
    private NftTranslations() {}

    /** Of packets that come in. */
    static List<String> redirects(Fabric fabric, Host host, Firewall firewall) {
        return Relation.narrowerFirst(firewall.redirects(), (a, b) -> Overlap.of(fabric, host, a, b)).stream()
                .map(NftTranslations::redirect)
                .toList();
    }

    private static String redirect(Firewall.Redirect redirect) {
        boolean v6 = redirect.to().isV6();
        Ip address = redirect.address();
        // Without an address: any that is the interface's.
        String called = address == null
                ? NftWords.family(v6) + "fib daddr . iif type local "
                : NftWords.ip(v6) + "daddr " + address.text() + " ";
        Integer port = redirect.toPort();
        String to = port == null
                ? redirect.to().text()
                : (v6 ? "[" + redirect.to().text() + "]" : redirect.to().text()) + ":" + port;
        return "iifname " + NftWords.device(redirect.inbound()) + " " + called
                + NftWords.transport(redirect.proto(), redirect.ports(), v6) + "dnat " + NftWords.ip(v6) + "to " + to;
    }

    /** Of packets that go out. */
    static List<String> nats(Firewall firewall, NftSets sets) {
        List<String> out = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            for (Firewall.Nat nat : Relation.narrowerFirst(firewall.nats(), (a, b) -> Overlap.of(a, b, v6))) {
                List<Cidr> from = nat.from().stream()
                        .filter(prefix -> prefix.isV6() == v6)
                        .toList();
                if (!from.isEmpty()) out.add(nat(nat, sets.ofPrefixes(from, v6), v6));
            }
        }
        return out;
    }

    private static String nat(Firewall.Nat nat, String from, boolean v6) {
        Ip address = nat.address();
        return "oifname " + NftWords.device(nat.outbound()) + " "
                + (from.isEmpty() ? NftWords.family(v6) : NftWords.ip(v6) + "saddr " + from + " ")
                + (address == null ? "masquerade" : "snat " + NftWords.ip(v6) + "to " + address.text());
    }
}
