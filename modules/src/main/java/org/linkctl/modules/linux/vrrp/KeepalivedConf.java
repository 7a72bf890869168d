package org.linkctl.modules.linux.vrrp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.net.Cidr;

/** The text of keepalived.conf(5): an instance of VRRP version 3 for each vip, from address to address. */
final class KeepalivedConf {
    static final String FILE = "/etc/keepalived/keepalived.conf";

    /** A value of 254 here is FAULT (keepalived.conf(5), "VRRP track files"): the other host takes over, with nopreempt, too. */
    static final String DRAIN = "/run/linkctl/vrrp/drain";

    static final String DRAINED = "254";

    /** So it is with this one, where a third host says who may serve. */
    private static final String QUORUM = "/run/linkctl/vrrp/quorum";

    /** A hub's program writes 1 here where its interface is missing: such a host serves nobody behind it. */
    private static final String HUB = "/run/linkctl/vrrp/missing-";

    /** Both are far from 255, which owns the addresses (RFC 9568 section 5.2.4), and near to it: the higher, the sooner. */
    private static final int PREFERRED = 250;

    private static final int OTHER = 240;

    /** What makes the preferred host less than the other one. */
    private static final int LOST = 20;

    /** An address that such a file gives to an instance. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?m)^ {8}(?<address>[0-9a-f.:]+/[0-9]+) dev (?<device>\\S+)");

    private KeepalivedConf() {}

    /**
     * The text.
     *
     * @param router the name of the host
     * @param tunnels the interfaces of its tunnels
     * @param hubs those of the hubs that the pair has together
     * @param quorum a third host says whether this one may serve
     */
    static String text(
            String router, List<PairVip> vips, List<String> tunnels, List<String> hubs, boolean quorum, String notify) {
        List<String> out = new ArrayList<>(List.of(
                OurFiles.MARK,
                "global_defs {",
                "    router_id " + router,
                "    vrrp_version 3",
                "    vrrp_check_unicast_src",
                "    enable_script_security",
                "    script_user root",
                "    dynamic_interfaces",
                "    vrrp_priority -10",
                "    vrrp_garp_master_delay 1",
                "    vrrp_garp_master_repeat 3",
                "    vrrp_garp_master_refresh 30",
                "    vrrp_garp_lower_prio_repeat 3",
                "}"));
        List<String> files = new ArrayList<>();
        trackFile(out, files, "drain", DRAIN, 1);
        if (quorum) trackFile(out, files, "quorum", QUORUM, 1);
        for (String hub : hubs) trackFile(out, files, "hub-" + hub, HUB + hub, LOST);
        for (PairVip vip : vips) out.addAll(instance(vip, files, tracked(vip, vips, tunnels), notify));
        return String.join("\n", out) + "\n";
    }

    /** A file of which the number, so many times, is taken from the priority (keepalived.conf(5), "VRRP track files"). */
    private static void trackFile(List<String> out, List<String> files, String name, String path, int times) {
        files.add(name);
        out.addAll(List.of("track_file " + name + " {", "    file " + path, "    weight -" + times, "}"));
    }

    private static List<String> instance(PairVip one, List<String> files, Map<String, Integer> tracked, String notify) {
        List<String> out = new ArrayList<>(List.of(
                "vrrp_instance " + one.name() + " {",
                "    interface " + one.vip().on(),
                "    state BACKUP",
                "    virtual_router_id " + one.vip().id(),
                "    priority " + (one.preferred() ? PREFERRED : OTHER),
                "    advert_int " + one.interval() / 100 + "." + "%02d".formatted(one.interval() % 100)));
        if (!one.vip().preempt()) out.add("    nopreempt");
        out.add("    unicast_src_ip " + one.ends().self());
        out.add("    unicast_ttl 255");
        block(out, "unicast_peer", List.of(one.ends().peer() + " min_ttl 255"));
        block(out, "track_file", files);
        List<String> weighted = new ArrayList<>();
        tracked.forEach((device, weight) -> weighted.add(device + (weight == 0 ? "" : " weight -" + weight)));
        if (!weighted.isEmpty()) block(out, "track_interface", weighted);
        block(out, "virtual_ipaddress", lines(one, one.advertised()));
        if (!one.others().isEmpty()) block(out, "virtual_ipaddress_excluded", lines(one, one.others()));
        out.add("    notify \"" + notify + "\"");
        out.add("}");
        return out;
    }

    private static void block(List<String> out, String name, List<String> lines) {
        out.add("    " + name + " {");
        for (String line : lines) out.add("        " + line);
        out.add("    }");
    }

    /** What a host sends by itself keeps its own source address: a shared one is deprecated (RFC 6724, rule 3). */
    private static List<String> lines(PairVip one, List<Cidr> addresses) {
        return addresses.stream()
                .map(address -> address + " dev " + one.vip().on() + (address.isV6() ? " preferred_lft 0" : ""))
                .toList();
    }

    /**
     * What else an instance looks at, with what its priority loses where it is gone; its own interface it always looks at.
     * A priority that is merely lower moves nothing with nopreempt: there the other vips' interfaces are FAULT (0). Where
     * both hosts lose the same, with preempt, the roles stay.
     */
    private static Map<String, Integer> tracked(PairVip one, List<PairVip> all, List<String> tunnels) {
        Map<String, Integer> out = new LinkedHashMap<>();
        boolean preempt = one.vip().preempt();
        Set<String> devices = new LinkedHashSet<>();
        for (PairVip other : all) devices.add(other.vip().on());
        devices.remove(one.vip().on());
        for (String device : devices) out.put(device, preempt ? LOST : 0);
        int each = tunnels.isEmpty() ? 0 : (LOST + tunnels.size() - 1) / tunnels.size();
        if (preempt) for (String tunnel : tunnels) out.putIfAbsent(tunnel, each);
        return out;
    }

    /** The addresses of such a file, by interface. */
    static Map<String, Set<Cidr>> addresses(@Nullable String text) {
        Map<String, Set<Cidr>> out = new LinkedHashMap<>();
        Matcher found = ADDRESS.matcher(text == null ? "" : text);
        while (found.find()) {
            String device = found.group("device");
            Cidr.parse(found.group("address"))
                    .ifPresent(address -> out.computeIfAbsent(device, _ -> new LinkedHashSet<>())
                            .add(address));
        }
        return out;
    }
}
