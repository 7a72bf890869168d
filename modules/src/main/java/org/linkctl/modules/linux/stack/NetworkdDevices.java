package org.linkctl.modules.linux.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.net.Ip;
import org.linkctl.spi.Refused;

/** systemd-networkd: systemd.netdev(5), systemd.network(5), VLAN=, Bridge= and the section Route. */
record NetworkdDevices() implements DeviceFiles {
    private static final Pattern MEMBER = Pattern.compile("/10-linkctl-bridge-(?<dropped>[^/]+)\\.conf$");

    @Override
    public Map<String, String> vlan(VlanConfig vlan, StackFacts facts) {
        requireFree(vlan.name(), facts);
        Map<String, String> out = made(vlan.name(), "vlan", "", "[VLAN]\nId=" + vlan.id() + "\n");
        Networkd.requireOne(vlan.on().name(), facts);
        out.put(
                Networkd.dropIn(Networkd.file(vlan.on(), facts), "vlan-" + vlan.name()),
                OurFiles.MARK + "\n[Network]\nVLAN=" + vlan.name() + "\n");
        return out;
    }

    private static Map<String, String> made(String name, String kind, String address, String options) {
        Map<String, String> out = new LinkedHashMap<>();
        out.put(
                Networkd.netdev(name),
                OurFiles.MARK + "\n[NetDev]\nName=" + name + "\nKind=" + kind + "\n"
                        + (address.isEmpty() ? "" : Networkd.ADDRESS + address + "\n") + "\n" + options);
        out.put(Networkd.own(name), Networkd.match(name) + Networkd.STEADY);
        return out;
    }

    private static void requireFree(String name, StackFacts facts) {
        Networkd.requireOne(name, facts);
        String own = Networkd.own(name);
        facts.networkd().of(name).filter(file -> !file.equals(own)).ifPresent(file -> {
            if (!facts.networkd().others(file, name).isEmpty()) return;
            throw new Refused(name + " is configured by " + file + ", and linkctl's own file would take its place;"
                    + " move what has to stay of it into " + own + ".d/, and remove it");
        });
    }

    @Override
    public Map<String, String> bridge(BridgeConfig bridge, StackFacts facts) {
        requireFree(bridge.name(), facts);
        String stp = "[Bridge]\nSTP=" + (bridge.stp() ? "yes" : "no") + "\n";
        Map<String, String> out = made(bridge.name(), "bridge", bridge.mac(), stp);
        String joins = "[Network]\nBridge=" + bridge.name() + "\nLinkLocalAddressing=no\n";
        for (InterfaceConfig member : bridge.members()) {
            Networkd.requireOne(member.name(), facts);
            if (bridge.declared().contains(member.name())) {
                String file = Networkd.file(member, facts);
                if (!member.made() && facts.networkd().isDynamic(file)) {
                    throw new Refused(file + " asks for addresses by DHCP on a member of " + bridge.name()
                            + "; take DHCP= out there");
                }
                out.put(Networkd.dropIn(file, "bridge-" + member.name()), OurFiles.MARK + "\n" + joins);
            } else undeclared(bridge.name(), member.name(), joins, facts, out);
        }
        return out;
    }

    private static void undeclared(
            String bridge, String member, String joins, StackFacts facts, Map<String, String> out) {
        String made = Networkd.member(bridge, member);
        facts.networkd()
                .of(member)
                .filter(file -> !file.equals(made) && Networkd.comesBefore(file, made))
                .ifPresent(file -> {
                    throw new Refused(member + " is configured by " + file + ", which comes before linkctl's file that"
                            + " makes it a member of " + bridge + "; remove it, or let its name begin with 20-");
                });
        out.put(made, Networkd.match(member) + joins);
    }

    @Override
    public boolean makes(String device, String path, String content) {
        return path.equals(Networkd.netdev(device))
                || path.equals(Networkd.own(device))
                || path.endsWith("/" + Networkd.PREFIX + "vlan-" + device + ".conf")
                || (path.startsWith(Networkd.FOLDER) && content.contains("\nBridge=" + device + "\n"));
    }

    @Override
    public Set<String> members(String bridge, StackFacts facts) {
        Set<String> out = new TreeSet<>();
        facts.ours().forEach((path, text) -> {
            if (!text.contains("\nBridge=" + bridge + "\n")) return;
            Matcher match = MEMBER.matcher(path);
            if (match.find()) out.add(match.group("dropped"));
            else
                text.lines()
                        .filter(line -> line.startsWith("Name="))
                        .forEach(line -> out.add(line.substring("Name=".length())));
        });
        return out;
    }

    @Override
    public String address(String bridge, Map<String, String> ours) {
        return ours.getOrDefault(Networkd.netdev(bridge), "")
                .lines()
                .filter(line -> line.startsWith(Networkd.ADDRESS))
                .map(line -> line.substring(Networkd.ADDRESS.length()))
                .findFirst()
                .orElse("");
    }

    @Override
    public Map<String, String> defaultRoute(InterfaceConfig device, Ip gateway, StackFacts facts) {
        Networkd.requireOne(device.name(), facts);
        String file = Networkd.dropIn(Networkd.file(device, facts), DefaultRouteName.of(gateway.isV6()));
        String metric = gateway.isV6() ? "Metric=" + IpRoute.defaultMetric(true) + "\n" : "";
        return Map.of(file, OurFiles.MARK + "\n[Route]\nGateway=" + gateway + "\n" + metric);
    }

    @Override
    public boolean isDefault(String path, boolean v6) {
        return path.endsWith("/" + Networkd.PREFIX + DefaultRouteName.of(v6) + ".conf");
    }
}
