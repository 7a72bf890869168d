package org.linkctl.cli.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.linkctl.model.Os;
import org.linkctl.net.Cidr;

/**
 * An inventory that is whole at every moment: what was not answered yet is what would be taken for it. So each answer is
 * checked as the inventory will be.
 */
record Draft(String name, List<DraftSite> sites, List<DraftJoin> joins) {
    /** How many UDP ports a group of tunnels chooses from, so that a bond can spread them. */
    private static final int PORTS = 64;

    /** That of wg-quick(8)'s examples. */
    private static final int FIRST_PORT = 51_820;

    private static final int LONGEST_GROUP = 12;
    private static final int MOST_LANS = 200;
    private static final int FIRST_TRANSIT = 254;

    Draft {
        sites = List.copyOf(sites);
        joins = List.copyOf(joins);
    }

    static Draft of(String name, List<String> sites) {
        List<DraftSite> all = new ArrayList<>();
        for (int i = 0; i < sites.size(); i++) {
            String site = sites.get(i);
            String lan = "10." + (i + 1) + ".0.0/24";
            all.add(new DraftSite(
                    site, lan, site + "-gw", Os.LINUX, site + "-gw", "eth0", "LACP", "10." + (i + 1) + ".0.1/24", ""));
        }
        List<DraftJoin> joins = new ArrayList<>();
        for (int i = 1; i < sites.size(); i++) {
            String both = (sites.getFirst() + sites.get(i)).replaceAll("[^A-Za-z0-9]", "");
            // Names of interfaces that FreeBSD takes, too, with a number behind them.
            String group = both.matches("[A-Za-z].{0," + (LONGEST_GROUP - 1) + "}") ? both : "t" + i;
            joins.add(new DraftJoin(
                    group, sites.get(i), 0, FIRST_PORT + (i - 1) * PORTS, "10.255." + (255 - i) + ".0/24", false));
        }
        return new Draft(name, all, joins);
    }

    Draft site(int index, UnaryOperator<DraftSite> change) {
        List<DraftSite> all = new ArrayList<>(sites);
        all.set(index, change.apply(all.get(index)));
        return new Draft(name, all, joins);
    }

    Draft join(int index, UnaryOperator<DraftJoin> change) {
        List<DraftJoin> all = new ArrayList<>(joins);
        all.set(index, change.apply(all.get(index)));
        return new Draft(name, sites, all);
    }

    /** With the LAN of a site, and the usual address of its host there; later sites get others where theirs overlap it. */
    Draft lan(int index, String value) {
        Draft out = site(index, site -> site.lan(value).address(firstAddresses(value)));
        List<Cidr> taken = new ArrayList<>(prefixes(out.sites().subList(0, index + 1)));
        for (int i = index + 1; i < sites.size(); i++) {
            String free = IntStream.range(i + 1, MOST_LANS)
                    .mapToObj(n -> "10." + n + ".0.0/24")
                    .filter(text -> taken.stream().noneMatch(Cidr.of(text)::overlaps))
                    .findFirst()
                    .orElse(sites.get(i).lan());
            taken.add(Cidr.of(free));
            out = out.site(i, site -> site.lan(free).address(firstAddresses(free)));
        }
        return out;
    }

    private static List<Cidr> prefixes(List<DraftSite> sites) {
        return sites.stream()
                .flatMap(site -> list(site.lan()).stream())
                .map(Cidr::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static String firstAddresses(String lan) {
        return list(lan).stream()
                .map(text ->
                        Cidr.parse(text).map(prefix -> prefix.at(1).toString()).orElse(text))
                .collect(Collectors.joining(", "));
    }

    /** A prefix for tunnels that overlaps no LAN, nor what other tunnels have. */
    String freeTransit(int join) {
        List<Cidr> taken = new ArrayList<>(prefixes(sites));
        for (DraftJoin one : joins.subList(0, join))
            if (one.count() > 0)
                list(one.transit()).forEach(text -> Cidr.parse(text).ifPresent(taken::add));
        String v4 = free(taken, List.of("10.255.%s.0/24", "172.31.%s.0/24", "192.168.%s.0/24"), FIRST_TRANSIT - join);
        boolean v6 = prefixes(List.of(sites.getFirst(), sites.get(join + 1))).stream()
                .anyMatch(Cidr::isV6);
        return v6 ? v4 + ", " + free(taken, List.of("fd00:255:%s::/64", "fd01:255:%s::/64"), join) : v4;
    }

    private static String free(List<Cidr> taken, List<String> forms, int number) {
        List<String> all = forms.stream()
                .map(form -> String.format(Locale.ROOT, form, number))
                .toList();
        return all.stream()
                .filter(text -> taken.stream().noneMatch(Cidr.of(text)::overlaps))
                .findFirst()
                .orElse(all.getFirst());
    }

    String text() {
        StringBuilder out = new StringBuilder();
        out.append("// A first inventory, as `linkctl init` wrote it: every word is in docs/language.md.\n");
        out.append("fabric(").append(quoted(name)).append(") {\n");
        sites.forEach(site -> site(site, out));
        for (DraftJoin join : joins) if (join.count() > 0) join(join, out);
        return out.append("}\n").toString();
    }

    private static void site(DraftSite site, StringBuilder out) {
        out.append("    site(")
                .append(quoted(site.name()))
                .append(", lan: ")
                .append(quotedAll(site.lan()))
                .append(") {\n");
        out.append("        host(").append(quoted(site.host()));
        out.append(", os: ")
                .append(site.os())
                .append(", ssh: ")
                .append(quoted(site.ssh()))
                .append(") {\n");
        List<String> ports = list(site.ports());
        out.append("            ");
        if (site.isBonded()) {
            out.append("bond(").append(quoted(site.os() == Os.LINUX ? "bond0" : "lagg0"));
            out.append(", mode: ").append(site.mode()).append(", members: [");
            out.append(ports.stream().map(Draft::quoted).collect(Collectors.joining(", ")))
                    .append("]");
        } else {
            out.append("nic(").append(quoted(String.join("", ports)));
        }
        out.append(", address: ").append(quotedAll(site.address())).append(")\n");
        out.append("        }\n    }\n");
    }

    private void join(DraftJoin join, StringBuilder out) {
        out.append("    tunnels(")
                .append(quoted(join.name()))
                .append(", count: ")
                .append(join.count());
        out.append(", ports: ").append(join.port()).append("..").append(join.port() + PORTS - 1);
        out.append(", transit: ").append(quotedAll(join.transit())).append(", keepalive: 25) {\n");
        for (DraftSite site : List.of(sites.getFirst(), named(join.to()))) {
            out.append("        end(").append(quoted(site.host()));
            if (!site.endpoint().isEmpty()) out.append(", endpoint: ").append(quoted(site.endpoint()));
            out.append(")\n");
        }
        out.append("    }\n");
        if (!join.routed()) return;
        out.append("    route(between: [")
                .append(quoted(sites.getFirst().name()))
                .append(", ");
        out.append(quoted(join.to()))
                .append("], via: ")
                .append(quoted(join.name()))
                .append(")\n");
    }

    private DraftSite named(String site) {
        return sites.stream().filter(one -> one.name().equals(site)).findFirst().orElseThrow();
    }

    static List<String> list(String text) {
        return Stream.of(text.split(",", -1)).map(String::strip).toList();
    }

    /** One text, or a list of those with commas between them. */
    private static String quotedAll(String text) {
        if (!text.contains(",")) return quoted(text);
        return list(text).stream().map(Draft::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A Groovy text in single quotes, in which nothing but the backslash means anything (Groovy: Syntax, 5.1). */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
