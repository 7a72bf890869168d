package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Publish;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * The rules of what is published: connections to some addresses go to those of a table, which the watcher keeps
 * (freebsd.publish). A table changes without a rule being loaded, so no connection is touched (pfctl(8), -T).
 */
public record PfPublish(PublishedService what) {
    public static List<PfPublish> of(Fabric fabric, Host host) {
        return PublishedService.of(fabric, host).stream().map(PfPublish::new).toList();
    }

    public Publish publish() {
        return what.publish();
    }

    public boolean v6() {
        return what.v6();
    }

    /** The words by which pfctl(8) is told where the tables are; none where they are beside the main ruleset. */
    public static List<String> place(Fabric fabric, Host host) {
        return fabric.ruleset(host) == Firewall.Ruleset.MAIN ? List.of() : List.of("-a", PfWords.ANCHOR);
    }

    public String table() {
        return "linkctl_" + publish().name() + (v6() ? "_inet6" : "_inet");
    }

    /** Without addresses in its definition it keeps those that it has when the rules are loaded again. */
    String definition() {
        return "table " + PfWords.table(table()) + " persist";
    }

    /** Answers come back by the hub, whose address is all that the spoke sees; where callers keep theirs, it sees spokes so that call. */
    List<Translation> nat() {
        List<Translation> out = new ArrayList<>();
        List<Cidr> from = publish().masquerade()
                ? List.of()
                : what.own().stream().map(Cidr::host).toList();
        for (Hub hub : what.hubs()) {
            String own = what.sourceOn(hub).text();
            List<Ip> spokes = what.targets().stream()
                    .filter(target -> target.hub().equals(hub))
                    .map(Publish.Target::address)
                    .toList();
            for (Firewall.Proto proto : what.protos()) {
                out.add(new Translation(
                        false, hub.name(), v6(), proto, from, to(), spokes, what.ports(proto), true, own, null));
            }
        }
        return out;
    }

    /**
     * By whichever interface somebody calls: who is behind another one than has the address calls it, too, and gets the
     * answers through here, since a spoke sees the hub's address.
     *
     * @param tag that the packets get; null: none
     */
    List<Translation> rdr(@Nullable String tag) {
        List<Translation> out = new ArrayList<>();
        what.addresses().keySet().forEach(address -> {
            for (Firewall.Proto proto : what.protos()) {
                out.add(new Translation(
                        true,
                        null,
                        v6(),
                        proto,
                        List.of(),
                        address.text(),
                        List.of(address),
                        what.ports(proto),
                        true,
                        to() + " round-robin",
                        tag));
            }
        });
        return out;
    }

    /** What lets it out to the spokes, for rules among which nothing else does. */
    List<String> pass() {
        List<String> out = new ArrayList<>();
        for (Hub hub : what.hubs()) {
            for (Firewall.Proto proto : what.protos()) {
                out.add("pass out" + PfRule.on(hub.name()) + PfRule.family(v6()) + PfRule.proto(proto) + " from any to "
                        + to() + PfRule.ports(what.ports(proto)));
            }
        }
        return out;
    }

    /**
     * What no rdr rule has translated has no target: with an empty table the rule does nothing (pf_get_translation in pf_lb.c), and the
     * call would reach a program of this host that listens on the port.
     */
    List<String> untranslated() {
        List<String> out = new ArrayList<>();
        for (Ip address : what.addresses().keySet()) {
            for (Firewall.Proto proto : what.protos()) {
                out.add("block drop in quick" + Translation.NOT_LOOPBACK + PfRule.family(v6()) + PfRule.proto(proto)
                        + " from any to " + address.text() + PfRule.ports(what.ports(proto)));
            }
        }
        return out;
    }

    private String to() {
        return PfWords.table(table());
    }
}
