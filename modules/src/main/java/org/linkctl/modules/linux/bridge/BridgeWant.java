package org.linkctl.modules.linux.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.modules.linux.device.Device;
import org.linkctl.modules.linux.device.DeviceFacts;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.order.Provided;
import org.linkctl.modules.linux.stack.BridgeConfig;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Change;

/**
 * A bridge as declared.
 *
 * @param members as the stack knows them
 * @param declared the names of those that the inventory declares by themselves, too
 * @param ports the members, each followed by what it is made of: the first that is there gives the bridge its address
 * @param ip all else that is declared of it: another module gives it its addresses
 */
record BridgeWant(
        String name,
        List<InterfaceConfig> members,
        List<String> declared,
        List<String> ports,
        boolean stp,
        InterfaceConfig ip)
        implements Device {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    static BridgeWant of(Fabric fabric, Host host, Bridge bridge) {
        List<InterfaceConfig> members = new ArrayList<>();
        List<String> declared = new ArrayList<>();
        for (String member : bridge.members()) {
            InterfaceConfig alone = new InterfaceConfig(member, false, List.of(), null);
            members.add(fabric.link(host, member).map(InterfaceConfig::of).orElse(alone));
            if (fabric.link(host, member).isPresent()) declared.add(member);
        }
        List<String> ports = new ArrayList<>();
        beneath(fabric, host, bridge.members(), ports);
        InterfaceConfig ip = InterfaceConfig.whole(bridge, fabric, host);
        return new BridgeWant(bridge.name(), members, declared, ports, bridge.stp(), ip);
    }

    private static void beneath(Fabric fabric, Host host, List<String> names, List<String> out) {
        for (String name : names) {
            if (out.contains(name)) continue;
            out.add(name);
            fabric.link(host, name).ifPresent(link -> beneath(fabric, host, link.lower(), out));
        }
    }

    @Override
    public String id() {
        return BridgeModule.NAME + "[" + name + "]";
    }

    @Override
    public Set<String> provides() {
        return Set.of("interface:" + name);
    }

    @Override
    public Set<String> needs() {
        Set<String> out = new TreeSet<>(Set.of(Provided.QUEUEING));
        for (String member : names()) out.add("interface:" + member);
        return out;
    }

    List<String> names() {
        return members.stream().map(InterfaceConfig::name).toList();
    }

    List<Cidr> addresses() {
        return ip.addresses();
    }

    /** Members that are there by themselves and are none yet. */
    List<String> ports(DeviceFacts have) {
        List<String> joining = BridgeDevice.joining(this, have);
        return members.stream()
                .filter(member -> !member.made() && joining.contains(member.name()))
                .map(InterfaceConfig::name)
                .toList();
    }

    String shown() {
        return "bridge of " + (members.isEmpty() ? "nothing" : String.join(" ", new TreeSet<>(names())))
                + (stp ? ", with STP" : "");
    }

    /**
     * The address on the wire, the same live and after a boot: that of our file, or of a bridge that is there, or of the first
     * member, unless it is that of a port which is no member (any more). By itself the kernel takes the least of the members'
     * (net/bridge/br_stp_if.c), and udev makes one up before there are any (systemd.link(5), MACAddressPolicy).
     */
    String mac(DeviceFacts have) {
        if (members.isEmpty()) return "";
        String ours = have.stack()
                .requireDevices("bridge " + name)
                .address(name, have.stack().ours());
        String now = have.links()
                .link(name)
                .filter(link -> !have.links().enslavedTo(name).isEmpty())
                .map(Links.Link::mac)
                .orElse("");
        String kept = ours.isEmpty() ? now : ours;
        String mac = kept.isEmpty() || leaves(kept, have) ? first(have) : kept;
        return MAC.matcher(mac).matches() || mac.equals(Change.UNKNOWN) ? mac : "";
    }

    private String first(DeviceFacts have) {
        return ports.stream()
                .flatMap(port -> have.links().link(port).stream())
                .map(link -> link.port() ? link.permanent() : link.mac())
                .findFirst()
                .orElse("");
    }

    private boolean leaves(String mac, DeviceFacts have) {
        return have.links().byName().values().stream()
                .anyMatch(link -> link.port() && link.permanent().equals(mac) && !ports.contains(link.name()));
    }

    BridgeConfig config(DeviceFacts have) {
        return new BridgeConfig(name, members, declared, stp, mac(have), ip);
    }
}
