package org.linkctl.modules.linux.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/**
 * What NetworkManager is told beside bonds, addresses and routes: VLANs and bridges are profiles that it makes live and at
 * boot; a default route comes by a script that it runs, as other routes through a gateway do.
 */
record NetworkManagerDevices() implements DeviceFiles {
    @Override
    public Map<String, String> vlan(VlanConfig vlan, StackFacts facts) {
        NetworkManagerRefusals.requireOurs(vlan.name(), facts.manager());
        if (!vlan.on().made()) NetworkManagerRefusals.managed(vlan.on().name(), facts.manager());
        Keyfile keyfile = new Keyfile(NetworkManager.id(vlan.name()), "vlan", vlan.name())
                .set("vlan", "id", vlan.id())
                .set("vlan", "parent", vlan.on().name());
        return Map.of(NetworkManager.own(vlan.name()), keyfile.ip(vlan.ip()).text());
    }

    /** Not {@code stp}'s default, which is true (nm-settings(5), bridge.stp). */
    @Override
    public Map<String, String> bridge(BridgeConfig bridge, StackFacts facts) {
        NetworkManagerRefusals.requireOurs(bridge.name(), facts.manager());
        Map<String, String> out = new LinkedHashMap<>();
        Keyfile own = new Keyfile(NetworkManager.id(bridge.name()), "bridge", bridge.name())
                .mac(bridge.mac())
                .set("bridge", "stp", bridge.stp());
        out.put(NetworkManager.own(bridge.name()), own.ip(bridge.ip()).text());
        for (InterfaceConfig member : bridge.members()) {
            NetworkManagerRefusals.requirePort(bridge.name(), member, facts.manager());
            Keyfile port = new Keyfile(NetworkManager.id(bridge.name(), member.name()), "ethernet", member.name())
                    .set("connection", "master", Keyfile.uuid(NetworkManager.id(bridge.name())))
                    .set("connection", "slave-type", "bridge");
            if (member.mtu() != null) port.set("ethernet", "mtu", member.mtu());
            out.put(NetworkManager.member(bridge.name(), member.name()), port.text());
        }
        return out;
    }

    @Override
    public boolean makes(String device, String path, String content) {
        return path.equals(NetworkManager.own(device)) || path.startsWith(NetworkManager.PROFILES + device + "@");
    }

    @Override
    public Set<String> members(String bridge, StackFacts facts) {
        Set<String> out = new TreeSet<>();
        String begin = NetworkManager.PROFILES + bridge + "@";
        facts.ours().keySet().stream()
                .filter(path -> path.startsWith(begin))
                .map(path -> path.substring(begin.length()).replaceFirst("\\.nmconnection$", ""))
                .forEach(out::add);
        return out;
    }

    @Override
    public String address(String bridge, Map<String, String> ours) {
        return Keyfile.macOf(ours.getOrDefault(NetworkManager.own(bridge), "")).orElse("");
    }

    @Override
    public Map<String, String> defaultRoute(InterfaceConfig device, Ip gateway, StackFacts facts) {
        if (!device.made()) NetworkManagerRefusals.managed(device.name(), facts.manager());
        Argv replace = IpRoute.replaceDefault(gateway, device.name());
        return DispatcherScripts.texts(
                DefaultRouteName.of(gateway.isV6()), device.name(), List.of(replace), facts.manager());
    }

    @Override
    public boolean isDefault(String path, boolean v6) {
        return DispatcherScripts.paths(DefaultRouteName.of(v6)).contains(path);
    }

    @Override
    public Optional<List<Step>> make(String device, List<String> members) {
        return Optional.of(List.of(NetworkManager.apply("keep", device, members)));
    }

    @Override
    public Optional<List<Step>> unmake(String device, List<String> members, boolean stays) {
        return Optional.of(List.of(NetworkManager.apply(stays ? "leave" : "gone", device, members)));
    }
}
