package org.linkctl.modules.linux.ecmp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Everything;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * One route of the kernel's, as {@code ip -j route show} tells it (ip-route(8)).
 *
 * @param type null for the ordinary one: unicast
 * @param protocol who set it; ip(8) leaves out {@code boot}, which is what a route gets that nobody marked
 * @param metric null: none is shown (0 for IPv4)
 * @param tos null for the ordinary one: 0
 * @param nexthops of a group: as ip(8) shows them, none where net.ipv4.nexthop_compat_mode is 0
 * @param nhid the nexthop object that it leads to (ip-nexthop(8)); null: it has its next hops itself
 * @param table null: the main one
 */
record KernelRoute(
        Cidr prefix,
        @Nullable String type,
        String protocol,
        @Nullable String source,
        @Nullable Integer metric,
        @Nullable String tos,
        List<Nexthop> nexthops,
        @Nullable Integer nhid,
        @Nullable Integer table) {
    /**
     * One way out.
     *
     * @param via null: straight onto the device
     * @param lost the kernel does not use it: its device is down or has no carrier
     */
    record Nexthop(String dev, int weight, @Nullable String via, boolean lost) {
        List<String> words() {
            return via == null ? List.of("dev", dev) : List.of("via", via, "dev", dev);
        }
    }

    KernelRoute {
        nexthops = nexthops.stream().sorted(Comparator.comparing(Nexthop::dev)).toList();
    }

    /** What a command of ip-route(8) with {@code -j} printed. */
    static List<KernelRoute> list(Answers answers, Question.Command command) {
        return Json.objects(command.argv().render(), answers.stdout(command)).stream()
                .map(KernelRoute::of)
                .toList();
    }

    /** The same without default routes and those of the link-local network, which are no ways to a LAN. */
    static List<KernelRoute> specific(Answers answers, Question.Command command) {
        return Json.objects(command.argv().render(), answers.stdout(command)).stream()
                .filter(route -> !route.path("dst").asText().equals("default"))
                .filter(route -> !route.path("dst").asText().startsWith("fe80:"))
                .map(KernelRoute::of)
                .toList();
    }

    private static KernelRoute of(JsonNode route) {
        List<Nexthop> hops = new ArrayList<>();
        JsonNode several = route.get("nexthops");
        if (several != null) several.forEach(hop -> hops.add(hop(hop, Json.number(hop, "weight"))));
        else if (route.has("dev")) hops.add(hop(route, 1));
        return new KernelRoute(
                prefix(Json.text(route, "dst")),
                optional(route, "type"),
                route.has("protocol") ? Json.text(route, "protocol") : "boot",
                optional(route, "prefsrc"),
                route.has("metric") ? Integer.valueOf(Json.unsigned(route, "metric")) : null,
                optional(route, "tos"),
                hops,
                route.has("nhid") ? Integer.valueOf(Json.unsigned(route, "nhid")) : null,
                null);
    }

    private static Nexthop hop(JsonNode hop, int weight) {
        String via = optional(hop, "gateway");
        if (hop.has("via")) via = Json.text(hop.get("via"), "host"); // of the other family (RFC 5549)
        boolean lost = false;
        for (JsonNode flag : hop.path("flags")) {
            lost |= flag.asText().equals("dead") || flag.asText().equals("linkdown");
        }
        return new Nexthop(Json.text(hop, "dev"), weight, via, lost);
    }

    private static @Nullable String optional(JsonNode object, String key) {
        return object.has(key) ? Json.text(object, key) : null;
    }

    /** ip(8) leaves out the length of a single address, and has a word for everything, of either family. */
    private static Cidr prefix(String text) {
        if (text.equals("default")) return Everything.everywhere(false);
        return Cidr.parse(text)
                .or(() -> Ip.parse(text).map(Cidr::host))
                .orElseThrow(() -> new UnreadableFacts("destination of a route: '" + text + "' is no prefix"));
    }

    KernelRoute by(String who) {
        return new KernelRoute(prefix, type, who, source, metric, tos, nexthops, nhid, table);
    }

    /** The same of another table, of which a default route has no prefix that tells its family. */
    KernelRoute in(int number, Cidr everywhere) {
        return new KernelRoute(everywhere, type, protocol, source, metric, tos, nexthops, nhid, number);
    }

    /** The same, whatever of it the kernel uses just now. A weight means something beside another one only. */
    boolean isAs(KernelRoute other) {
        return plain().equals(other.plain());
    }

    /** Whether it leads over these devices alone. */
    boolean isOver(Set<String> devices) {
        return !nexthops.isEmpty() && nexthops.stream().allMatch(hop -> devices.contains(hop.dev()));
    }

    /** The same with the next hops of its group, if they are not shown. */
    KernelRoute with(NextHops objects) {
        if (!nexthops.isEmpty()) return this;
        List<Nexthop> hops = objects.group(nhid).map(NexthopGroup::members).orElse(List.of()).stream()
                .map(member -> new Nexthop(member.dev(), member.weight(), null, false))
                .toList();
        return new KernelRoute(prefix, type, protocol, source, metric, tos, hops, nhid, table);
    }

    private KernelRoute plain() {
        if (nhid != null) return new KernelRoute(prefix, type, protocol, source, metric, tos, List.of(), nhid, table);
        List<Nexthop> hops = nexthops.stream()
                .map(hop -> new Nexthop(hop.dev(), nexthops.size() == 1 ? 1 : hop.weight(), hop.via(), false))
                .toList();
        return new KernelRoute(prefix, type, protocol, source, metric, tos, hops, null, table);
    }

    /** The one that {@code ip route replace} without a metric replaces: 0 for IPv4, 1024 for IPv6. */
    boolean isOrdinary() {
        return tos == null && (prefix.isV6() ? Integer.valueOf(1024).equals(metric) : metric == null);
    }

    /** To nowhere, after all others, as linux.bgp-routes sets it: nothing but that module's to take away. */
    private static final int LAST = (int) 4_294_967_294L;

    boolean isLast() {
        return "unreachable".equals(type)
                && protocol.equals("kernel")
                && Integer.valueOf(LAST).equals(metric);
    }

    /** All but the destination, in the words of ip-route(8). */
    List<String> words() {
        List<String> out = new ArrayList<>();
        if (tos != null) out.addAll(List.of("tos", tos));
        if (table != null) out.addAll(List.of("table", table.toString()));
        if (metric != null && !isOrdinary()) out.addAll(List.of("metric", Integer.toUnsignedString(metric)));
        if (!protocol.equals("boot")) out.addAll(List.of("proto", protocol));
        if (source != null) out.addAll(List.of("src", source));
        if (type != null) return out;
        if (nhid != null) out.addAll(List.of("nhid", nhid.toString()));
        else if (nexthops.size() == 1) out.addAll(nexthops.getFirst().words());
        else
            nexthops.forEach(hop -> {
                out.add("nexthop");
                out.addAll(hop.words());
                out.addAll(List.of("weight", Integer.toString(hop.weight())));
            });
        return out;
    }

    /** An ip-route(8) command on this route. */
    List<String> command(String verb) {
        List<String> out = new ArrayList<>(List.of("ip", prefix.isV6() ? "-6" : "-4", "route", verb));
        if (type != null) out.add(type);
        out.add(prefix.toString());
        out.addAll(words());
        return out;
    }

    /** For a plan. */
    String shown() {
        return String.join(" ", type == null ? words() : concat(type, words()));
    }

    private static List<String> concat(String first, List<String> more) {
        List<String> out = new ArrayList<>(List.of(first));
        out.addAll(more);
        return out;
    }
}
