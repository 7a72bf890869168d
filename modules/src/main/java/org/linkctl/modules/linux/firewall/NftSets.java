package org.linkctl.modules.linux.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Firewall;
import org.linkctl.net.Cidr;
import org.linkctl.net.IpSet;

/**
 * The sets of addresses of a table of nftables. A set holds addresses of one family (nft(8), "SETS"), so that a table of
 * the inventory becomes two. A rule has one set for each side: what names several tables or prefixes gets a set of its own.
 */
final class NftSets {
    private final Map<String, List<Cidr>> tables = new LinkedHashMap<>();
    private final Map<String, List<Cidr>> lists = new LinkedHashMap<>();
    private final Map<String, List<Cidr>> declared = new LinkedHashMap<>();

    NftSets(Firewall firewall) {
        for (Firewall.Table table : firewall.tables()) {
            declared.put(table.name(), table.addresses());
            for (boolean v6 : new boolean[] {false, true}) {
                tables.put(name(table.name(), v6), normal(table.addresses(), v6));
            }
        }
    }

    /** The prefix keeps the name of a table from being a word of the grammar, and tells the families apart. */
    private static String name(String table, boolean v6) {
        return (v6 ? "table6_" : "table4_") + table;
    }

    private static List<Cidr> normal(List<Cidr> prefixes, boolean v6) {
        return IpSet.of(prefixes, v6).prefixes();
    }

    /**
     * How a rule names peers of one family: what follows {@code ip saddr}. Empty: that family's every address.
     *
     * @throws IllegalArgumentException where none of them is of the family ({@link #lacks})
     */
    String of(List<Firewall.Peer> peers, boolean v6) {
        if (peers.size() == 1 && peers.getFirst() instanceof Firewall.Peer.Of(String table)) {
            if (IpSet.of(addresses(peers), v6).contains(IpSet.any(v6))) return "";
            return "@" + name(table, v6);
        }
        return ofPrefixes(addresses(peers), v6);
    }

    /** The same of prefixes. */
    String ofPrefixes(List<Cidr> prefixes, boolean v6) {
        List<Cidr> all = normal(prefixes, v6);
        if (all.isEmpty()) throw new IllegalArgumentException("no address of the family in " + prefixes);
        if (all.getFirst().length() == 0) return "";
        if (all.size() == 1) return shown(all.getFirst());
        String text = elements(all);
        for (Map.Entry<String, List<Cidr>> list : lists.entrySet()) {
            if (elements(list.getValue()).equals(text)) return "@" + list.getKey();
        }
        String name = (v6 ? "list6_" : "list4_") + (lists.size() + 1);
        lists.put(name, all);
        return "@" + name;
    }

    /** Whether something is said, and none of it is of the family. */
    boolean lacks(List<Firewall.Peer> peers, boolean v6) {
        return !peers.isEmpty() && addresses(peers).stream().noneMatch(prefix -> prefix.isV6() == v6);
    }

    /** What prefixes and tables hold together. */
    List<Cidr> addresses(List<Firewall.Peer> peers) {
        return peers.stream()
                .flatMap(peer -> switch (peer) {
                    case Firewall.Peer.Net(Cidr prefix) -> Stream.of(prefix);
                    case Firewall.Peer.Of(String table) -> declared.getOrDefault(table, List.of()).stream();
                })
                .toList();
    }

    /** The definitions of all of them, in lines. */
    List<String> definitions() {
        List<String> out = new ArrayList<>();
        tables.forEach((name, prefixes) -> out.addAll(definition(name, prefixes)));
        out.addAll(listed());
        return out;
    }

    /** Of those alone that rules made. */
    List<String> listed() {
        List<String> out = new ArrayList<>();
        lists.forEach((name, prefixes) -> out.addAll(definition(name, prefixes)));
        return out;
    }

    private static List<String> definition(String name, List<Cidr> prefixes) {
        List<String> out = new ArrayList<>();
        out.add("set " + name + " {");
        out.add("\ttype " + (name.startsWith("table6_") || name.startsWith("list6_") ? "ipv6_addr" : "ipv4_addr"));
        out.add("\tflags interval");
        if (!prefixes.isEmpty()) out.add("\telements = { " + elements(prefixes) + " }");
        out.add("}");
        return out;
    }

    private static String elements(List<Cidr> prefixes) {
        return prefixes.stream().map(NftSets::shown).collect(Collectors.joining(", "));
    }

    private static String shown(Cidr prefix) {
        return prefix.equals(Cidr.host(prefix.address())) ? prefix.address().text() : prefix.toString();
    }
}
