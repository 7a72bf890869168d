package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.RulePackets;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.net.Cidr;

/**
 * The text of pf.conf(5) for one host. Its sections come in the order that pfctl(8) wants: options, tables, scrub,
 * translation, filter rules. Interfaces stand in parentheses where an address is meant, so that the file loads before
 * they have one.
 *
 * <p>Filter rules come in the order of what may overrule what: what nothing allows is stopped, then what the inventory
 * declares elsewhere passes, then come the rules of the inventory, of which the last one that fits counts, and what they
 * do not block is spread over next hops.
 */
public final class PfRules {
    static final String LOOPBACK = "lo0";

    private final Fabric fabric;
    private final Host host;
    private final @Nullable Firewall firewall;
    private final List<PfPublish> published;
    private final List<PfPool> pools;
    private final List<PfReplies> replies;
    private final PfTranslations translations;
    private final @Nullable RulePackets rules;
    private final PfTables lists = new PfTables("linkctl_list_");
    private StringBuilder out = new StringBuilder();

    private PfRules(Fabric fabric, Host host) {
        this.fabric = fabric;
        this.host = host;
        this.firewall = fabric.one(Firewall.class, host).orElse(null);
        this.published = PfPublish.of(fabric, host);
        this.pools = PfPool.of(fabric, host);
        this.replies = PfReplies.of(fabric, host);
        this.rules = firewall == null ? null : new RulePackets(firewall);
        this.translations = new PfTranslations(fabric, host, rules);
    }

    /** Everything that was asked for. */
    public static String text(Fabric fabric, Host host) {
        PfRules rules = new PfRules(fabric, host);
        rules.segments();
        rules.translation();
        rules.filter();
        return rules.whole(rules.options());
    }

    /** What stands in an anchor of ours: only rules, and none for packets of which the inventory does not speak. */
    public static String anchored(Fabric fabric, Host host) {
        PfRules rules = new PfRules(fabric, host);
        rules.translation();
        rules.needed();
        rules.untranslated();
        rules.granted(PfGrants.bothWays(fabric, host, rules.lists));
        rules.published();
        rules.redirected();
        rules.asked();
        rules.spread();
        return rules.whole("");
    }

    /** The filter rules of the main ruleset, in their order. */
    public static List<String> filter(Fabric fabric, Host host) {
        PfRules rules = new PfRules(fabric, host);
        rules.filter();
        return rules.out
                .toString()
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** What is loaded at boot where that text cannot be: SSH comes in, what pairs need, and what tunnels listen for. */
    public static String fallback(Fabric fabric, Host host) {
        PfRules rules = new PfRules(fabric, host);
        rules.section("Loaded where /etc/pf.conf cannot be.");
        if (rules.stopsNothing()) {
            rules.answered();
            rules.needed();
            rules.kept();
            return OurFiles.MARK + "\n" + rules.out;
        }
        rules.line("set skip on { " + LOOPBACK + " }");
        rules.line("block in all");
        rules.line("pass out all");
        rules.pair(true).forEach(rules::line);
        PfGrants.ports(fabric, host).forEach(rules::line);
        rules.line(new PfSsh(fabric, host).pass(""));
        return OurFiles.MARK + "\n" + rules.out;
    }

    /** Only when all rules are there is it known what tables they need. */
    private String whole(String options) {
        StringBuilder body = out;
        out = new StringBuilder();
        tables();
        return OurFiles.MARK + "\n" + options + out + body;
    }

    private void section(String comment) {
        out.append("\n# ").append(comment).append('\n');
    }

    private void line(String rule) {
        for (String one : PfReplies.with(replies, rule)) out.append(one).append('\n');
    }

    private String options() {
        StringBuilder body = out;
        out = new StringBuilder();
        section("Rules stay as they stand here, so that what is loaded can be compared.");
        line("set ruleset-optimization none");
        if (firewall != null) options(firewall);
        String options = out.toString();
        out = body;
        return options;
    }

    private void options(Firewall asked) {
        line("set block-policy " + (asked.policy() == Firewall.Policy.DROP ? "drop" : "return"));
        if (asked.log() != null) line("set loginterface " + PfWords.name(asked.log()));
        line("set skip on { "
                + String.join(" ", skip(asked).stream().map(PfWords::name).toList()) + " }");
        for (Firewall.Limit limit : Firewall.Limit.values()) {
            Integer most = asked.limits().get(limit.word());
            if (most != null) line("set limit " + limit.pf() + " " + most);
        }
    }

    /** What a host says to itself is nobody's to filter. */
    public static Set<String> skip(Firewall firewall) {
        Set<String> out = new LinkedHashSet<>(List.of(LOOPBACK));
        out.addAll(firewall.skip());
        return out;
    }

    /** The tables of a host by name. */
    public static Map<String, Set<Cidr>> tables(Fabric fabric, Host host) {
        Map<String, Set<Cidr>> out = new LinkedHashMap<>();
        fabric.one(Firewall.class, host).stream()
                .flatMap(firewall -> firewall.tables().stream())
                .forEach(table -> out.put(table.name(), new LinkedHashSet<>(table.addresses())));
        return out;
    }

    private void tables() {
        List<Firewall.Table> tables = firewall == null ? List.of() : firewall.tables();
        Set<String> lines = new LinkedHashSet<>(PfPool.definitions(pools));
        published.forEach(one -> lines.add(one.definition()));
        for (Firewall.Table table : tables) {
            String addresses = table.addresses().stream().map(PfWords::shown).collect(Collectors.joining(" "));
            lines.add("table " + PfWords.table(table.name()) + " persist { " + addresses
                    + (addresses.isEmpty() ? "}" : " }"));
        }
        lines.addAll(lists.definitions());
        pools.forEach(pool -> lines.addAll(pool.lists()));
        if (lines.isEmpty()) return;
        section("Tables.");
        lines.forEach(this::line);
    }

    private void segments() {
        List<String> segments = PfSegments.rules(fabric, host);
        if (segments.isEmpty()) return;
        section("TCP that is passed on fits through the tunnels.");
        segments.forEach(this::line);
    }

    private void translation() {
        List<Translation> carried = translations.published();
        if (!carried.isEmpty()) section("What is published goes to the spokes that the watcher has in the tables.");
        carried.forEach(one -> one.lines(rules, lists).forEach(this::line));
        List<Translation> asked = translations.asked();
        if (!asked.isEmpty()) section("Translation.");
        asked.forEach(one -> one.lines(rules, lists).forEach(this::line));
    }

    private void filter() {
        if (firewall != null) {
            section("What nothing allows is stopped.");
            line("block in all");
            line("pass out all");
            for (String named : PfSsh.named(firewall)) line("block in" + PfRule.on(named) + " all");
            pair(true).forEach(this::line);
            kept();
            untranslated();
            section("SSH comes in by interfaces that no rule names.");
            new PfSsh(fabric, host).rules(firewall).forEach(this::line);
            granted(PfGrants.inbound(fabric, host, lists));
            redirected();
        } else {
            answered();
            needed();
            kept();
            untranslated();
        }
        asked();
        spread();
    }

    /** Nothing was asked for but where answers go. */
    private boolean stopsNothing() {
        return firewall == null && pools.isEmpty() && published.isEmpty();
    }

    private void answered() {
        if (replies.isEmpty()) return;
        section("What is asked by these interfaces is answered through their neighbours.");
        for (PfReplies one : replies)
            one.alone().forEach(rule -> out.append(rule).append('\n'));
    }

    /** Where nothing is stopped, it passes already. */
    private void kept() {
        List<String> block = PfKept.block(fabric, host, lists);
        if (block.isEmpty()) return;
        section("What is published comes in over the hub from everywhere, and nothing else from elsewhere.");
        if (firewall != null) PfKept.pass(fabric, host).forEach(this::line);
        block.forEach(this::line);
    }

    /** Between rules that stop nothing, this is for what is spread over next hops, which these packets never are. */
    private void needed() {
        List<String> pair = pair(false);
        if (!pair.isEmpty()) section("What the two hosts need of each other.");
        pair.forEach(this::line);
    }

    private void granted(List<String> rules) {
        if (!rules.isEmpty()) section("What the tunnels, hubs and routes of this host need.");
        rules.forEach(this::line);
    }

    private void untranslated() {
        if (published.isEmpty()) return;
        section("What is published goes nowhere while its table is empty.");
        published.forEach(one -> one.untranslated().forEach(this::line));
    }

    private void published() {
        if (published.isEmpty()) return;
        section("What is published goes out to the spokes.");
        published.forEach(one -> one.pass().forEach(this::line));
    }

    private void redirected() {
        boolean any = Stream.concat(translations.published().stream(), translations.asked().stream())
                .anyMatch(Translation::rdr);
        if (!any) return;
        section("What is published or redirected comes in.");
        line("pass in" + PfTags.has(PfTags.REDIRECTED));
    }

    private void spread() {
        if (!pools.isEmpty()) {
            section("Connections that are spread over next hops: a table of each holds it while it answers.");
        }
        for (PfPool pool : pools) pool.rules().forEach(this::line);
    }

    private void asked() {
        if (firewall == null || firewall.rules().isEmpty()) return;
        section("Rules of the inventory; the last one that fits counts.");
        PfRule words = new PfRule(lists);
        PfBlocks blocks = new PfBlocks(fabric, host);
        Set<Integer> deciding = translations.deciding();
        for (int i = 0; i < firewall.rules().size(); i++) {
            Firewall.Rule rule = firewall.rules().get(i);
            words.lines(rule, blocks.tag(i)).forEach(this::line);
            if (deciding.contains(i)) line(PfRule.action(rule) + PfTags.has(PfTags.byRule(i)) + blocks.tag(i));
        }
    }

    /**
     * carp(4) and pfsync(4) need to be let through; their packets belong to no connection that could be taken over.
     *
     * @param stops whether what nothing allows is stopped here
     */
    private List<String> pair(boolean stops) {
        List<String> rules = new ArrayList<>();
        Set<String> carp = new LinkedHashSet<>();
        fabric.of(Vip.class, host).forEach(vip -> carp.add(vip.on()));
        for (String device : carp) rules.add("pass quick" + PfRule.on(device) + " proto carp keep state (no-sync)");
        fabric.one(StateSync.class, host)
                .ifPresent(
                        sync -> rules.add("pass quick" + PfRule.on(sync.on()) + " proto pfsync keep state (no-sync)"));
        boolean v6 = PfHandover.alike(fabric, host).stream()
                .flatMap(one -> Stream.concat(
                        fabric.addresses(one).stream(),
                        fabric.of(Vip.class, one).stream().flatMap(vip -> vip.addresses().stream())))
                .anyMatch(Cidr::isV6);
        // Without neighbour discovery there is no IPv6 on a link (RFC 4861), and a host that stops what is not allowed
        // may be
        // logged in to by addresses that no inventory has; a switch that snoops keeps its groups by MLD (RFC 4541,
        // section 3; 130 to 132 and 143: RFC 2710, RFC 3810), which comes with a router alert.
        if (stops || v6)
            rules.add("pass quick inet6 proto ipv6-icmp icmp6-type "
                    + "{ neighbrsol, neighbradv, routersol, routeradv, 130, 131, 132, 143 } no state allow-opts");
        return rules;
    }
}
