package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Overlap;
import org.linkctl.modules.balancing.Destinations;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.Relation;

/**
 * The next hops that connections of one address family are spread over (pf.conf(5), route-to). Of several, each stands in
 * the rules as a table of its own, which holds its address while it answers: round robin leaves out a table that is empty
 * (pf_lb.c, pf_map_addr). So a next hop goes out of the round robin while the rules, their numbers and the checksum that
 * pfsync(4) compares stay as they are.
 *
 * @param hops in their order, each as often as it weighs
 * @param from a prefix or a table, as pf.conf has it
 * @param to the same
 * @param lists the tables that from and to name, as pf.conf defines them
 * @param blocks the inventory has blocks for some of these connections
 * @param resume the table of those whose TCP connections are taken mid-stream; null: there is one next hop only
 * @param sources the prefixes it holds while a next hop is dead; it is empty else
 */
public record PfPool(
        String inbound,
        List<Hop> hops,
        boolean sticky,
        boolean v6,
        String from,
        String to,
        List<String> lists,
        boolean blocks,
        @Nullable String resume,
        List<String> sources) {
    /** How the names of tables begin that the watcher sets. */
    public static final String HOP = "linkctl_hop";

    static final String RESUME = "linkctl_resume";

    /**
     * A next hop and the interface on whose network it is.
     *
     * @param table null: it is the only one, and always in
     */
    public record Hop(String device, Ip address, @Nullable String table) {
        @Override
        public String toString() {
            return "(" + PfWords.name(device) + " " + (table == null ? address : PfWords.table(table)) + ")";
        }
    }

    /** The names of balances that are sticky over several interfaces. */
    public static List<String> scattered(Fabric fabric, Host host) {
        return fabric.of(Balance.class, host).stream()
                .filter(Balance::sticky)
                .filter(balance -> balance.over().stream()
                                .map(hop -> fabric.deviceTowards(host, hop))
                                .distinct()
                                .count()
                        > 1)
                .map(Balance::name)
                .toList();
    }

    /** The narrower ones first: the first one that fits a connection counts. */
    public static List<PfPool> of(Fabric fabric, Host host) {
        List<PfPool> out = new ArrayList<>();
        if (fabric.of(Balance.class, host).isEmpty()) return out;
        PfTables tables = new PfTables("linkctl_balance_");
        PfBlocks blocks = new PfBlocks(fabric, host);
        Set<List<Hop>> groups = new LinkedHashSet<>();
        for (boolean v6 : new boolean[] {false, true}) {
            List<Balance> balances = fabric.of(Balance.class, host).stream()
                    .filter(balance -> Overlap.isFor(balance, v6))
                    .toList();
            for (Balance balance : Relation.narrowerFirst(balances, (a, b) -> Overlap.of(a, b, v6))) {
                List<Hop> hops = hops(fabric, host, balance, v6, groups);
                String resume = hops.getFirst().table() == null ? null : RESUME + (out.size() + 1);
                out.add(of(fabric, host, balance, hops, resume, tables, blocks));
            }
        }
        return out;
    }

    private static PfPool of(
            Fabric fabric,
            Host host,
            Balance balance,
            List<Hop> hops,
            @Nullable String resume,
            PfTables all,
            PfBlocks blocks) {
        boolean v6 = hops.getFirst().address().isV6();
        List<Cidr> sources = Destinations.family(balance.from(), v6);
        Destinations to = Destinations.of(fabric, host, balance, v6);
        String source = all.of(sources);
        String destination = all.of(to.prefixes(), to.without());
        List<String> lists = all.definitions().stream()
                .filter(line ->
                        line.startsWith("table " + source + " ") || line.startsWith("table " + destination + " "))
                .toList();
        return new PfPool(
                balance.inbound(),
                weighed(balance, hops),
                balance.sticky(),
                v6,
                source,
                destination,
                lists,
                blocks.any(balance, v6),
                resume,
                resume == null
                        ? List.of()
                        : sources.stream().distinct().map(PfWords::shown).toList());
    }

    private static List<Hop> hops(Fabric fabric, Host host, Balance balance, boolean v6, Set<List<Hop>> groups) {
        List<Hop> bare = balance.over().stream()
                .filter(hop -> hop.isV6() == v6)
                .map(hop -> new Hop(fabric.deviceTowards(host, hop).orElseThrow(), hop, null))
                .toList();
        return bare.size() == 1 ? bare : named(bare, groups);
    }

    /** Pools over the same next hops share their tables: pf(4) has room for 1000 of them (PFR_KTABLE_HIWAT). */
    private static List<Hop> named(List<Hop> hops, Set<List<Hop>> groups) {
        groups.add(hops);
        int group = List.copyOf(groups).indexOf(hops) + 1;
        List<Hop> out = new ArrayList<>();
        for (Hop hop : hops) out.add(new Hop(hop.device(), hop.address(), HOP + group + "_" + (out.size() + 1)));
        return out;
    }

    private static List<Hop> weighed(Balance balance, List<Hop> hops) {
        List<Hop> out = new ArrayList<>();
        for (Hop hop : hops) {
            for (int i = 0; i < balance.weight(hop.address()); i++) out.add(hop);
        }
        return List.copyOf(out);
    }

    /** The names of their tables. */
    public static List<String> tables(List<PfPool> pools) {
        Stream<String> hops = pools.stream()
                .flatMap(pool -> pool.hops().stream())
                .map(Hop::table)
                .flatMap(Stream::ofNullable);
        Stream<String> resumes = pools.stream().map(PfPool::resume).flatMap(Stream::ofNullable);
        return Stream.concat(hops, resumes).distinct().toList();
    }

    /** Their tables. At boot all next hops are in; what resumes is kept when the rules are loaded again. */
    static List<String> definitions(List<PfPool> pools) {
        Map<String, String> held = new HashMap<>();
        for (PfPool pool : pools) {
            for (Hop hop : pool.hops()) held.put(String.valueOf(hop.table()), " { " + hop.address() + " }");
        }
        return tables(pools).stream()
                .map(name -> "table " + PfWords.table(name) + " persist" + held.getOrDefault(name, ""))
                .toList();
    }

    private String spread(String what) {
        String all = String.join(", ", hops.stream().map(Hop::toString).toList());
        return "pass in quick on " + PfWords.name(inbound) + " route-to { " + all + " } round-robin"
                + (sticky ? " sticky-address" : "") + family() + what;
    }

    private String family() {
        return v6 ? " inet6" : " inet";
    }

    /** From where to where. */
    public String path() {
        return "from " + from + " to " + to;
    }

    /** The same in a rule, which leaves out what the inventory blocks. */
    private String peers(String source) {
        return " from " + source + " to " + to + (blocks ? PfTags.lacks(PfTags.BLOCKED) : "") + " ";
    }

    /**
     * Whether answers go by without the host: those of a next hop on the network that connections come from do. pf sees
     * one half of such a connection.
     */
    private boolean half() {
        return hops.stream().anyMatch(hop -> hop.device().equals(inbound));
    }

    /**
     * How pf follows a connection. What it sees one half of it would forget when that is idle for 30 s (pf.conf(5),
     * tcp.opening), and it would take what is sent again for wrong. A sloppy state takes the half for a whole connection
     * (pf.c, pf_tcp_track_sloppy).
     */
    private String keep() {
        return half() ? "keep state (sloppy)" : "keep state";
    }

    /**
     * The rules of pf.conf. A connection that went by a next hop which is dead now goes on by another: its packets come in
     * mid-stream. Where half is seen, it is half where packets leave, too.
     */
    List<String> rules() {
        List<String> out = new ArrayList<>(List.of(spread(peers(from) + keep())));
        if (resume != null) {
            out.add(spread(" proto tcp" + peers(PfWords.table(resume)) + "flags any keep state (sloppy)"));
        }
        if (half()) out.add("pass out on " + PfWords.name(inbound) + family() + peers(from) + keep());
        return out;
    }
}
