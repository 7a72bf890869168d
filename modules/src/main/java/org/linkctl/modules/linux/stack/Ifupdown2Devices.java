package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** ifupdown2: VLANs and bridges by its own attributes. It orders interfaces by what they lie on, wherever their stanzas are. */
record Ifupdown2Devices() implements InterfacesDevices {
    private static final String PORTS = "    bridge-ports ";

    @Override
    public Map<String, String> vlan(VlanConfig vlan, StackFacts facts) {
        InterfacesFiles.requireFree(vlan.name(), facts);
        String text = Ifupdown2.stanza(vlan.name())
                .append("    vlan-raw-device ")
                .append(vlan.on().name())
                .append("\n    vlan-id ")
                .append(vlan.id())
                .append('\n')
                .toString();
        return Map.of(InterfacesFiles.path(vlan.name()), text);
    }

    /** A port that is not there is left out. */
    @Override
    public Map<String, String> bridge(BridgeConfig bridge, StackFacts facts) {
        InterfacesFiles.requireFree(bridge.name(), facts);
        List<String> ports =
                bridge.members().stream().map(InterfaceConfig::name).toList();
        for (String port : ports) InterfacesFiles.requireMember(bridge.name(), port, facts);
        StringBuilder text = Ifupdown2.stanza(bridge.name());
        if (!bridge.mac().isEmpty())
            text.append(InterfacesFiles.ADDRESS).append(bridge.mac()).append('\n');
        text.append(PORTS)
                .append(ports.isEmpty() ? "none" : String.join(" ", ports))
                .append("\n    bridge-stp ")
                .append(bridge.stp() ? "on" : "off")
                .append('\n');
        return Map.of(InterfacesFiles.path(bridge.name()), text.toString());
    }

    @Override
    public Set<String> members(String bridge, StackFacts facts) {
        Set<String> out = new TreeSet<>();
        facts.ours()
                .getOrDefault(InterfacesFiles.path(bridge), "")
                .lines()
                .filter(line -> line.startsWith(PORTS))
                .forEach(line ->
                        out.addAll(List.of(line.substring(PORTS.length()).split(" "))));
        out.remove("none");
        return out;
    }

    @Override
    public String address(String bridge, Map<String, String> ours) {
        return InterfacesFiles.hardwareAddress(bridge, ours).orElse("");
    }
}
