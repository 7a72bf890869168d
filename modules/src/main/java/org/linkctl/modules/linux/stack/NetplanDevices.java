package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.modules.linux.stack.Netplan.Definition;
import org.linkctl.net.Ip;
import org.linkctl.spi.Refused;

/** netplan(5): vlans, bridges, and routes to all addresses. What others' files say of the same ID adds up with it. */
record NetplanDevices() implements DeviceFiles {
    @Override
    public Map<String, String> vlan(VlanConfig vlan, StackFacts facts) {
        Definition own = new Definition("vlans", vlan.name());
        requireSame(own, vlan.name(), facts);
        Definition on = Netplan.definition(vlan.on(), facts);
        NetplanYaml yaml = new NetplanYaml().define(on, List.of());
        List<String> lines = List.of("id: " + vlan.id(), "link: " + NetplanYaml.quoted(on.id()));
        return files("vlan", vlanYaml(own.id()), own, yaml.define(own, lines));
    }

    /**
     * Before all other files of linkctl's: netplan reads files in the order of their names, and refuses one that says anything of a
     * VLAN of which it does not know the link yet (validation.c, "missing 'link' property").
     */
    private static String vlanYaml(String id) {
        return Netplan.yaml("0-vlan-" + id);
    }

    private static Map<String, String> files(String kind, String file, Definition own, NetplanYaml yaml) {
        Map<String, String> out = new LinkedHashMap<>();
        out.put(file, yaml.text());
        out.put(Netplan.dropIn(own, kind), OurFiles.MARK + "\n" + Networkd.STEADY);
        return out;
    }

    /** One that others' files make with the same ID is adopted. */
    private static void requireSame(Definition own, String device, StackFacts facts) {
        Definition made = Netplan.definition(device, facts);
        if (facts.networkd().of(device).isPresent() && !made.equals(own)) {
            throw new Refused("'" + made.id() + "' in /etc/netplan makes " + device + ", and is none of "
                    + own.section() + "; remove it there");
        }
    }

    /** Not {@code stp}'s default, which is true (netplan(5)). */
    @Override
    public Map<String, String> bridge(BridgeConfig bridge, StackFacts facts) {
        Definition own = new Definition("bridges", bridge.name());
        requireSame(own, bridge.name(), facts);
        NetplanYaml yaml = new NetplanYaml();
        List<String> ids = new ArrayList<>();
        for (InterfaceConfig member : bridge.members()) {
            if (!member.made()) Netplan.requireUnused(bridge.name(), member.name(), facts);
            Definition one = Netplan.definition(member, facts);
            yaml.define(one, List.of());
            ids.add(one.id());
        }
        List<String> lines = new ArrayList<>(NetplanYaml.list("interfaces", ids));
        if (!bridge.mac().isEmpty()) lines.add(Netplan.MAC + ": " + NetplanYaml.quoted(bridge.mac()));
        lines.add("parameters:");
        lines.add("  stp: " + bridge.stp());
        return files("bridge", Netplan.yaml("bridge-" + own.id()), own, yaml.define(own, lines));
    }

    @Override
    public boolean makes(String device, String path, String content) {
        return path.equals(vlanYaml(device))
                || path.equals(Netplan.yaml("bridge-" + device))
                || path.equals(Netplan.dropIn(new Definition("vlans", device), "vlan"))
                || path.equals(Netplan.dropIn(new Definition("bridges", device), "bridge"));
    }

    /** IDs stand for the interfaces whose files netplan generated from them; a new one's is its name. */
    @Override
    public Set<String> members(String bridge, StackFacts facts) {
        Set<String> out = new TreeSet<>();
        for (String id : NetplanYaml.texts("- ", facts.ours().getOrDefault(Netplan.yaml("bridge-" + bridge), ""))) {
            List<String> devices = facts.networkd().byDevice().entrySet().stream()
                    .filter(entry ->
                            NetplanFiles.id(entry.getValue()).filter(id::equals).isPresent())
                    .map(Map.Entry::getKey)
                    .toList();
            out.addAll(devices.isEmpty() ? List.of(id) : devices);
        }
        return out;
    }

    @Override
    public String address(String bridge, Map<String, String> ours) {
        return NetplanYaml.value(Netplan.MAC, ours.getOrDefault(Netplan.yaml("bridge-" + bridge), ""))
                .orElse("");
    }

    @Override
    public Map<String, String> defaultRoute(InterfaceConfig device, Ip gateway, StackFacts facts) {
        Definition definition = Netplan.definition(device, facts);
        List<String> lines = new ArrayList<>(List.of(
                "routes:",
                "  - to: " + NetplanYaml.quoted(gateway.isV6() ? "::/0" : "0.0.0.0/0"),
                "    via: " + NetplanYaml.quoted(gateway.text())));
        if (gateway.isV6()) lines.add("    metric: " + IpRoute.defaultMetric(true));
        return Map.of(
                path(gateway.isV6()),
                new NetplanYaml().define(definition, lines).text());
    }

    private static String path(boolean v6) {
        return Netplan.yaml(DefaultRouteName.of(v6));
    }

    @Override
    public boolean isDefault(String path, boolean v6) {
        return path.equals(path(v6));
    }
}
