package org.linkctl.modules.freebsd.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.bridge.BridgeModule.Facts;
import org.linkctl.modules.freebsd.bridge.BridgeModule.Wanted;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.rc.RcNames;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Change;

/**
 * A bridge as declared.
 *
 * @param declared the members that have an entry of their own in the inventory
 * @param made those that linkctl makes, so that they may not be there yet
 * @param mtus of members that linkctl does not make: what is declared, in bytes
 * @param ports the members, each followed by what it is made of: the first that is there gives the bridge its address
 * @param addresses that it shall have; another module gives it those
 */
record BridgeWant(
        String name,
        List<String> members,
        Set<String> declared,
        Set<String> made,
        Map<String, Integer> mtus,
        List<String> ports,
        boolean stp,
        List<Cidr> addresses)
        implements Wanted {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    /** Below those of addresses, and far above those that people give by hand. */
    private static final int ALIAS = 999;

    static BridgeWant of(Fabric fabric, Host host, Bridge bridge) {
        Set<String> declared = new TreeSet<>();
        Set<String> made = new TreeSet<>();
        Map<String, Integer> mtus = new LinkedHashMap<>();
        for (String member : bridge.members()) {
            Link link = fabric.link(host, member).orElse(null);
            if (link == null) continue;
            declared.add(member);
            Integer mtu = link.mtu();
            if (link.made()) made.add(member);
            else if (mtu != null) mtus.put(member, mtu);
        }
        List<String> ports = new ArrayList<>();
        beneath(fabric, host, bridge.members(), ports);
        return new BridgeWant(
                bridge.name(), bridge.members(), declared, made, mtus, ports, bridge.stp(), bridge.addresses());
    }

    private static void beneath(Fabric fabric, Host host, List<String> names, List<String> out) {
        for (String name : names) {
            if (out.contains(name)) continue;
            out.add(name);
            fabric.link(host, name).ifPresent(link -> beneath(fabric, host, link.lower(), out));
        }
    }

    @Override
    public Set<String> provides() {
        return Set.of("bridge:" + name);
    }

    /** The first member's MTU is the bridge's. */
    @Override
    public Set<String> needs() {
        Set<String> out = new TreeSet<>();
        for (String member : declared) out.add("address:" + member);
        return out;
    }

    String shown() {
        return "bridge of " + (members.isEmpty() ? "nothing" : String.join(" ", new TreeSet<>(members)))
                + (stp ? ", with STP" : "");
    }

    List<String> joining(Facts have) {
        BridgeSetup now = have.setup();
        return members.stream()
                .filter(member -> now == null || !now.has(member))
                .toList();
    }

    /**
     * The address on the wire, the same live and after a boot: that of our file, or of a bridge with members that is there, or
     * of the first member, unless it is that of a port which is no member (any more). By itself a bridge makes one up
     * (sys/net/if_bridge.c, bridge_clone_create).
     */
    String mac(Facts have) {
        if (members.isEmpty()) return "";
        String ours = BridgeSetup.writtenAddress(have.file());
        BridgeSetup setup = have.setup();
        String now = setup == null || setup.members().isEmpty()
                ? ""
                : have.links().device(name).map(Ifconfig.Device::mac).orElse("");
        String kept = ours.isEmpty() ? now : ours;
        String mac = kept.isEmpty() || leaves(kept, have) ? first(have) : kept;
        return MAC.matcher(mac).matches() || mac.equals(Change.UNKNOWN) ? mac : "";
    }

    private String first(Facts have) {
        return ports.stream()
                .flatMap(port -> have.links().device(port).stream())
                .map(device -> device.permanent().isEmpty() ? device.mac() : device.permanent())
                .findFirst()
                .orElse("");
    }

    private boolean leaves(String mac, Facts have) {
        return have.links().byName().values().stream()
                .anyMatch(device -> device.permanent().equals(mac)
                        && !device.name().equals(name)
                        && !ports.contains(device.name()));
    }

    /**
     * What rc.d/netif reads. What rc.conf says of the bridge stays: a member that it adds is not added twice, which ifconfig(8)
     * would refuse. What it says of a member goes, as that has no addresses.
     */
    String file(Facts have) {
        StringBuilder out = new StringBuilder(OurFiles.MARK).append('\n');
        String variable = "ifconfig_" + RcNames.of(name);
        out.append("cloned_interfaces=\"${cloned_interfaces} ").append(name).append("\"\n");
        for (String member : members) {
            if (made.contains(member)) continue;
            Integer mtu = mtus.get(member);
            String port = "ifconfig_" + RcNames.of(member);
            out.append(port)
                    .append("=\"up")
                    .append(mtu == null ? "" : " mtu " + mtu)
                    .append("\"\n");
        }
        if (!members.isEmpty()) {
            out.append("for linkctl_member in ")
                    .append(String.join(" ", members))
                    .append("; do\n");
            out.append("    case \" ${").append(variable).append("} \" in\n");
            out.append("    *\" addm ${linkctl_member} \"*) ;;\n");
            out.append("    *) ").append(variable).append("=\"${").append(variable);
            out.append("} addm ${linkctl_member}\" ;;\n    esac\ndone\n");
        }
        out.append(variable).append("=\"${").append(variable).append('}');
        for (String member : members) out.append(stp ? " stp " : " -stp ").append(member);
        out.append(" up\"\n");
        String mac = mac(have);
        if (!mac.isEmpty())
            out.append(variable)
                    .append("_alias")
                    .append(ALIAS)
                    .append("=\"ether ")
                    .append(mac)
                    .append("\"\n");
        return out.toString();
    }
}
