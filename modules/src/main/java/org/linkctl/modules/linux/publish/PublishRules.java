package org.linkctl.modules.linux.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.linkctl.model.Firewall;
import org.linkctl.model.Hub;
import org.linkctl.model.Publish;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.publishing.PublishedService;
import org.linkctl.net.Ip;

/**
 * The table of nftables by which published connections go to the spokes. Its rules do not change while it is used: a
 * connection takes the next slot of a map (nft(8), "numgen inc"), and which address a slot has is the watcher's, who fills
 * it in one transaction. Where the map is empty, the rule with it does not match, and what follows drops the connection: a program of
 * this host that listens on the port is not what is published.
 */
final class PublishRules {
    static final OwnTable TABLE = new OwnTable("linkctl_publish", "/run/linkctl-publish/rules", true);

    /** So many slots are filled alike by any number of targets up to six. */
    private static final int SLOTS = 60;

    private PublishRules() {}

    static String map(PublishedService one) {
        return "of_" + one.publish().name() + (one.v6() ? "_6" : "_4");
    }

    private static String chain(PublishedService one) {
        return "to_" + one.publish().name() + (one.v6() ? "_6" : "_4");
    }

    static int slots(PublishedService one) {
        return one.publish().choose() == Publish.Choose.FIRST_HEALTHY
                ? 1
                : Math.max(SLOTS, one.targets().size());
    }

    /** Named first, so that there is one to delete (nft(8), "TABLES"). */
    static String file(List<PublishedService> published) {
        return OurFiles.MARK + "\ntable inet " + TABLE.name() + "\ndelete table inet " + TABLE.name() + "\n"
                + table(published);
    }

    /** The rules, and maps that hold nothing yet. */
    static String table(List<PublishedService> published) {
        List<String> out = new ArrayList<>();
        for (PublishedService one : published)
            out.add("\tmap " + map(one) + " {\n\t\ttypeof " + slot(one) + " : " + ip(one) + " daddr\n\t}\n");
        for (PublishedService one : published)
            out.add(block(chain(one), List.of("dnat " + ip(one) + " to " + slot(one) + " map @" + map(one), "drop")));
        out.add(block(
                "called", published.stream().flatMap(one -> calls(one).stream()).toList()));
        out.add(hook("prerouting", "prerouting", "dstnat - 5", List.of("jump called")));
        // The kernel's own priority there is -100, as for prerouting; nft(8) has no name for it in this hook.
        out.add(hook("output", "output", "-105", List.of("jump called")));
        out.add(hook(
                "postrouting",
                "postrouting",
                "srcnat - 5",
                Stream.concat(
                                published.stream()
                                        .filter(one -> !one.publish().masquerade())
                                        .flatMap(one -> kept(one).stream()),
                                published.stream()
                                        .filter(one -> one.publish().masquerade())
                                        .flatMap(one -> sources(one, "").stream()))
                        .distinct()
                        .toList()));
        return "table inet " + TABLE.name() + " {\n" + String.join("\n", out) + "}\n";
    }

    private static String ip(PublishedService one) {
        return one.v6() ? "ip6" : "ip";
    }

    private static String slot(PublishedService one) {
        return "numgen inc mod " + slots(one);
    }

    private static String block(String name, List<String> lines) {
        return "\tchain " + name + " {\n\t\t" + String.join("\n\t\t", lines) + "\n\t}\n";
    }

    private static String hook(String name, String hook, String priority, List<String> rules) {
        List<String> lines = new ArrayList<>();
        lines.add("type nat hook " + hook + " priority " + priority + "; policy accept;");
        lines.addAll(rules);
        return block(name, lines);
    }

    private static List<String> calls(PublishedService one) {
        List<String> out = new ArrayList<>();
        for (Ip address : one.addresses().keySet()) {
            for (Firewall.Proto proto : one.protos()) {
                out.add(ip(one) + " daddr " + address.text() + " "
                        + proto.name().toLowerCase(Locale.ROOT) + " dport " + ports(one.ports(proto))
                        + " goto " + chain(one));
            }
        }
        return out;
    }

    private static String ports(List<Firewall.Ports> ports) {
        List<String> out =
                Firewall.Ports.union(ports).stream().map(Firewall.Ports::dashed).toList();
        return out.size() == 1 ? out.getFirst() : "{ " + String.join(", ", out) + " }";
    }

    private static String set(List<Ip> addresses) {
        List<String> out = addresses.stream().map(Ip::text).toList();
        return out.size() == 1 ? out.getFirst() : "{ " + String.join(", ", out) + " }";
    }

    /**
     * Spokes see the hub's address and answer over the hub. Not by "masquerade": the kernel forgets such connections when
     * the interface goes down or loses its address (nf_nat_masquerade.c).
     *
     * @param from a match for those who call; empty: all
     */
    private static List<String> sources(PublishedService one, String from) {
        List<String> out = new ArrayList<>();
        for (Hub hub : one.hubs()) {
            for (Ip address : one.addresses().keySet())
                out.add(sent(one, hub, address, from) + "snat " + ip(one) + " to "
                        + one.sourceOn(hub).text());
        }
        return out;
    }

    private static String sent(PublishedService one, Hub hub, Ip address, String from) {
        return "oifname \"" + hub.name() + "\" " + from + "ct status dnat ct original " + ip(one) + " daddr "
                + address.text() + " ";
    }

    /**
     * Where callers keep their addresses, spokes that call are seen with the hub's nevertheless: no host takes a packet from
     * outside that has an address of its own as its source. At other ports of the same address it may be otherwise.
     */
    private static List<String> kept(PublishedService one) {
        List<String> out = new ArrayList<>(sources(one, ip(one) + " saddr " + set(one.own()) + " "));
        for (Hub hub : one.hubs()) {
            for (Ip address : one.addresses().keySet()) {
                for (Firewall.Proto proto : one.protos())
                    out.add(sent(one, hub, address, "") + "meta l4proto "
                            + proto.name().toLowerCase(Locale.ROOT) + " ct original proto-dst "
                            + ports(one.ports(proto)) + " accept");
            }
        }
        return out;
    }
}
