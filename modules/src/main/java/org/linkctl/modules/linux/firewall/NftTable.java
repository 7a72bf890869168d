package org.linkctl.modules.linux.firewall;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.modules.files.OurFiles;

/**
 * The text of a host's firewall for nft(8): one table, which a load puts in place of the former one in one transaction.
 *
 * <p>What comes in is decided by the chain "inbound", what goes out by "outbound"; what is forwarded goes through both.
 * They return what passes, and send what does not to a chain that stops it. The first rule that fits counts there, so the
 * rules of the inventory, of which the last one counts, stand in reverse; before them is what none of them stops, after
 * them what passes unless one stops it.
 */
final class NftTable {
    static final String NAME = "inet linkctl";
    private static final String LOOPBACK = "lo";
    private static final String UNKNOWN = "unknown";

    private final Firewall firewall;
    private final boolean main;
    private final NftSets sets;
    private final NftGrants grants;
    private final NftRule rules;
    private final List<String> redirects;
    private final List<String> nats;
    private final List<String> out = new ArrayList<>();

    private NftTable(Fabric fabric, Host host, Firewall firewall) {
        this.firewall = firewall;
        main = firewall.ruleset() == Firewall.Ruleset.MAIN;
        sets = new NftSets(firewall);
        grants = new NftGrants(fabric, host, sets);
        rules = new NftRule(fabric, host, firewall, sets);
        redirects = NftTranslations.redirects(fabric, host, firewall);
        nats = NftTranslations.nats(firewall, sets);
    }

    /** All of it. */
    static String text(Fabric fabric, Host host, Firewall firewall) {
        NftTable table = new NftTable(fabric, host, firewall);
        List<String> chains = table.chains();
        // Only when all rules are there is it known what sets they need.
        return whole(table.definitions(), chains);
    }

    /** What is loaded at boot where that text cannot be: SSH comes in, what pairs need, and what tunnels listen for. */
    static String fallback(Fabric fabric, Host host, Firewall firewall) {
        NftTable table = new NftTable(fabric, host, firewall);
        List<String> rules = new ArrayList<>(List.of(
                "type filter hook input priority filter; policy drop;",
                "iifname \"" + LOOPBACK + "\" accept",
                "ct state established,related accept"));
        table.grants.needed(true).forEach(match -> rules.add(match + "accept"));
        rules.add(table.grants.toSsh() + "accept");
        table.grants.ports().forEach(rule -> rules.add(rule.replace(" return # ", " accept # ")));
        table.chain("input", rules);
        table.chain("forward", List.of("type filter hook forward priority filter; policy drop;"));
        return whole(table.sets.listed(), table.out);
    }

    /** Named first, so that there is one to delete (nft(8), "TABLES"). */
    private static String whole(List<String> definitions, List<String> chains) {
        StringBuilder text = new StringBuilder(
                OurFiles.MARK + "\ntable " + NAME + "\ndelete table " + NAME + "\ntable " + NAME + " {\n");
        for (String line : definitions) text.append('\t').append(line).append('\n');
        for (String line : chains) text.append('\t').append(line).append('\n');
        return text.append("}\n").toString();
    }

    private List<String> definitions() {
        List<String> lines = new ArrayList<>();
        if (firewall.log() != null) {
            for (String counter : List.of("in", "out", "in_stopped", "out_stopped")) {
                lines.add("counter " + counter + " {");
                lines.add("}");
            }
        }
        lines.addAll(sets.definitions());
        return lines;
    }

    private List<String> chains() {
        boolean filtersOut = firewall.rules().stream().anyMatch(rule -> rule.outbound() != null && !rule.allow());
        chain(stop(true), stopping(true));
        if (filtersOut) chain(stop(false), stopping(false));
        if (main && !grants.spread().isEmpty()) chain(UNKNOWN, unknown());
        chain("inbound", inbound());
        if (filtersOut) chain("outbound", outbound());
        chain("input", base("input", true, false));
        chain("forward", base("forward", true, filtersOut));
        if (filtersOut || firewall.log() != null) chain("output", base("output", false, filtersOut));
        if (!redirects.isEmpty()) chain("prerouting", translating("prerouting", "dstnat", redirects));
        if (!nats.isEmpty()) chain("postrouting", translating("postrouting", "srcnat", nats));
        return out;
    }

    private void chain(String name, List<String> lines) {
        out.add("chain " + name + " {");
        lines.forEach(line -> out.add("\t" + line));
        out.add("}");
    }

    private static List<String> translating(String hook, String priority, List<String> rules) {
        List<String> lines = new ArrayList<>();
        lines.add("type nat hook " + hook + " priority " + priority + "; policy accept;");
        lines.addAll(rules);
        return lines;
    }

    /** The chain that what does not pass goes to. */
    static String stop(boolean inbound) {
        return inbound ? "stop_inbound" : "stop_outbound";
    }

    /**
     * Who sent TCP or UDP is told where that is asked for; others have no way that every system knows. A packet that conntrack
     * calls invalid may be a late one of a connection that goes on, which a reset would end (iptables-extensions(8), REJECT);
     * pf drops what is outside of the window of a state that it has.
     */
    private List<String> stopping(boolean inbound) {
        List<String> lines = new ArrayList<>();
        String log = firewall.log();
        if (log != null) lines.add(counter(inbound, log, "_stopped"));
        if (firewall.policy() == Firewall.Policy.REJECT) {
            lines.add("ct state invalid drop");
            lines.add("meta l4proto " + NftWords.TCP + " reject with tcp reset");
            lines.add("meta l4proto " + NftWords.UDP + " reject");
        }
        lines.add("drop");
        return lines;
    }

    private static String counter(boolean inbound, String device, String suffix) {
        String way = inbound ? "in" : "out";
        return (inbound ? "iifname " : "oifname ") + NftWords.device(device) + " counter name \"" + way + suffix + "\"";
    }

    private List<String> base(String hook, boolean inbound, boolean filtersOut) {
        List<String> lines = new ArrayList<>();
        boolean drops = main && inbound;
        lines.add("type filter hook " + hook + " priority filter; policy " + (drops ? "drop" : "accept") + ";");
        String log = firewall.log();
        if (log != null && inbound) lines.add(counter(true, log, ""));
        if (log != null && !hook.equals("input")) lines.add(counter(false, log, ""));
        lines.add("ct state established,related accept");
        if (inbound) lines.add("jump inbound");
        if (filtersOut) lines.add("jump outbound");
        lines.add("accept");
        return lines;
    }

    private List<String> inbound() {
        List<String> lines = new ArrayList<>();
        lines.add("iifname " + NftWords.devices(skipped()) + " return");
        grants.needed(true).forEach(match -> lines.add(match + "return"));
        if (main) {
            lines.add(grants.ssh(firewall) + "return");
            List<String> spread = grants.spread();
            if (spread.isEmpty()) lines.add("ct state invalid goto " + stop(true));
            else lines.add("ct state invalid jump " + UNKNOWN);
        }
        lines.addAll(asked(true));
        if (!main) return lines;
        grants.redirected(firewall).forEach(match -> lines.add(match + "return"));
        grants.published().forEach(match -> lines.add(match + "return"));
        grants.kept().forEach(match -> lines.add(match + "return"));
        grants.spread().forEach(match -> lines.add(match + "return"));
        lines.addAll(grants.ports());
        lines.addAll(grants.through());
        lines.add("goto " + stop(true));
        return lines;
    }

    /** Packets of no connection that is known. Of what is spread, answers may go by: one half of it is all that is seen. */
    private List<String> unknown() {
        List<String> lines = new ArrayList<>();
        grants.spread().forEach(match -> lines.add(match + "return"));
        lines.add("goto " + stop(true));
        return lines;
    }

    private List<String> outbound() {
        List<String> lines = new ArrayList<>();
        lines.add("oifname " + NftWords.devices(skipped()) + " return");
        grants.needed(false).forEach(match -> lines.add(match + "return"));
        lines.addAll(asked(false));
        return lines;
    }

    /** What a host says to itself is nobody's to filter. */
    private Set<String> skipped() {
        Set<String> devices = new LinkedHashSet<>(List.of(LOOPBACK));
        devices.addAll(firewall.skip());
        return devices;
    }

    private List<String> asked(boolean inbound) {
        List<String> lines = new ArrayList<>();
        for (Firewall.Rule rule : firewall.rules().reversed()) {
            if ((rule.outbound() == null) == inbound) lines.addAll(rules.lines(rule));
        }
        return lines;
    }
}
