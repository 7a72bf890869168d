package org.linkctl.modules.linux.pairfilter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Everything;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.StateSync;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.modules.linux.nftables.TableService;
import org.linkctl.modules.linux.pair.PairFiles;
import org.linkctl.modules.linux.pair.PairVip;
import org.linkctl.modules.linux.systemd.KeptService;
import org.linkctl.modules.linux.systemd.UnitState;
import org.linkctl.modules.pairs.PairEnds;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * The rules of a pair for nft(8). Neither VRRP version 3 nor conntrackd(8) knows who it is that speaks: what comes from anybody
 * else than the other host, or from further away than its network (RFC 9568 section 5.1.1.3), is dropped. So is what is sent to an
 * address that is answered for and goes nowhere, and what is for a spoke and would not go by its hub. What they accept, somebody else's rules may still drop.
 */
final class PairRules {
    private static final String RUN = "/run/linkctl-pair";
    static final OwnTable TABLE = new OwnTable("linkctl_pair", RUN + "/rules", false);
    static final String UNIT = "linkctl-pair.service";
    private static final String FILE = "/etc/linkctl/nftables/pair.nft";

    private static final String UNIT_TEXT = TableService.loadingUnit(
            "lets the hosts of a pair speak with each other alone",
            "Before=keepalived.service linkctl-conntrackd.service\n",
            FILE,
            UNIT,
            TABLE);

    private PairRules() {}

    /** @param text of the file */
    static KeptService service(String text) {
        return new KeptService(
                UNIT,
                RUN + "/started",
                List.of(
                        new KeptService.KeptFile(FILE, "0644", text),
                        new KeptService.KeptFile(UnitState.path(UNIT), "0644", UNIT_TEXT)));
    }

    /** Named first, so that there is one to delete (nft(8), "TABLES"). */
    static String text(Fabric fabric, Host host) {
        List<String> input = new ArrayList<>();
        List<PairVip> vips = PairVip.all(fabric, host);
        Set<String> accepted = new LinkedHashSet<>();
        Set<String> devices = new LinkedHashSet<>();
        Set<Ip> called = new LinkedHashSet<>();
        for (PairVip vip : vips) {
            accepted.add("iifname \"" + vip.vip().on() + "\" " + between(vip.ends())
                    + (vip.ends().self().isV6() ? "ip6 hoplimit" : "ip ttl") + " 255 meta l4proto 112 accept");
            devices.add(vip.vip().on());
            called.add(vip.ends().self());
        }
        input.addAll(accepted);
        for (String device : devices) input.add("iifname \"" + device + "\" meta l4proto 112 drop");
        for (Ip own : called) input.add((own.isV6() ? "ip6" : "ip") + " daddr " + own + " meta l4proto 112 drop");
        fabric.one(StateSync.class, host).ifPresent(sync -> input.addAll(states(fabric, host, sync)));
        List<String> forward = new ArrayList<>(fabric.of(ProxyArp.class, host).stream()
                .flatMap(proxy -> proxy.addresses().stream())
                .distinct()
                .map(address -> "oifname \"lo\" ip daddr " + address + " drop")
                .toList());
        List<String> output = new ArrayList<>();
        for (Hub hub : fabric.hubs(host)) {
            if (!fabric.isHub(hub, host)) continue;
            for (List<Cidr> behind : List.of(spokes(hub), lans(fabric, host, hub))) {
                forward.addAll(astray(behind, "\"" + hub.name() + "\""));
                output.addAll(astray(behind, "{ \"" + hub.name() + "\", \"lo\" }"));
            }
        }
        String name = "table inet " + TABLE.name();
        return OurFiles.MARK + "\n" + name + "\ndelete " + name + "\n" + name + " {\n" + chain("input", input)
                + (forward.isEmpty() ? "" : "\n" + chain("forward", forward))
                + (output.isEmpty() ? "" : "\n" + chain("output", output)) + "}\n";
    }

    /** The LANs behind the spokes that this host has no other way to, none within another one. */
    private static List<Cidr> lans(Fabric fabric, Host host, Hub hub) {
        List<Cidr> all = HubLans.all(fabric, host).stream()
                .filter(one -> one.hub().equals(hub))
                .flatMap(one -> one.farLans().stream())
                .distinct()
                .toList();
        List<Cidr> others = fabric.routes(host).stream()
                .flatMap(route -> fabric.farLans(route, host).stream())
                .toList();
        return all.stream()
                .filter(lan -> others.stream()
                        .noneMatch(other -> Everything.holds(other, lan) || Everything.holds(lan, other)))
                .filter(lan -> all.stream().noneMatch(other -> !other.equals(lan) && Everything.holds(other, lan)))
                .toList();
    }

    private static List<Cidr> spokes(Hub hub) {
        return Stream.concat(
                        hub.spokes().stream().flatMap(spoke -> spoke.single().stream()),
                        hub.peers().stream().flatMap(peer -> peer.single().stream()))
                .distinct()
                .toList();
    }

    /**
     * What is for a spoke goes by the hub, which is down on the host that stands by and for a moment while the two change
     * places: by the default route it would come to somebody else, who may end the connection that it belongs to.
     */
    private static List<String> astray(List<Cidr> behind, String devices) {
        List<String> out = new ArrayList<>();
        for (boolean v6 : List.of(false, true)) {
            String to = behind.stream()
                    .filter(one -> one.isV6() == v6)
                    .map(one -> one.length() == (v6 ? 128 : 32) ? one.address().text() : one.toString())
                    .collect(Collectors.joining(", "));
            if (!to.isEmpty()) out.add((v6 ? "ip6" : "ip") + " daddr { " + to + " } oifname != " + devices + " drop");
        }
        return out;
    }

    private static String between(PairEnds ends) {
        String ip = ends.self().isV6() ? "ip6" : "ip";
        return ip + " saddr " + ends.peer() + " " + ip + " daddr " + ends.self() + " ";
    }

    private static List<String> states(Fabric fabric, Host host, StateSync sync) {
        String port = "udp dport " + PairFiles.STATES;
        List<String> out = new ArrayList<>();
        PairEnds.on(fabric, host, sync.on(), false)
                .ifPresent(ends ->
                        out.add("iifname \"" + sync.on() + "\" ip saddr " + ends.peer() + " " + port + " accept"));
        out.add(port + " drop");
        return out;
    }

    private static String chain(String hook, List<String> rules) {
        return "\tchain " + hook + " {\n\t\ttype filter hook " + hook + " priority 0; policy accept;\n\t\t"
                + String.join("\n\t\t", rules) + "\n\t}\n";
    }
}
