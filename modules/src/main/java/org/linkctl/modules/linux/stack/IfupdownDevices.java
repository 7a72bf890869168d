package org.linkctl.modules.linux.stack;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.shell.Argv;

/**
 * ifupdown: interfaces(5), with the commands that make a VLAN or a bridge live: neither the package vlan nor bridge-utils is
 * needed, and where they are installed they find the interface made. Read before linkctl-NAME-address: a device has to be
 * made before it gets an address.
 */
record IfupdownDevices() implements InterfacesDevices {
    private static final Pattern MEMBER = Pattern.compile("(?m)^    pre-up ip link set (?<member>\\S+) master ");
    private static final Pattern MAC = Pattern.compile(" address (?<mac>[0-9a-f:]{17}) type bridge ");

    @Override
    public Map<String, String> vlan(VlanConfig vlan, StackFacts facts) {
        InterfacesFiles.requireFree(vlan.name(), facts);
        String on = vlan.on().name();
        Argv add = Argv.of("ip", "link", "add", "link", on, "name", vlan.name(), "type", "vlan", "id", "" + vlan.id());
        String text = start(vlan.name()) + there(vlan.on()) + making(vlan.name(), add) + unmaking(vlan.name());
        return Map.of(InterfacesFiles.path(vlan.name()), text);
    }

    private static String start(String name) {
        return InterfacesFiles.start(name) + "iface " + name + " inet manual\n";
    }

    /** What linkctl makes, too, may stand in a file that is read later. */
    private static String there(InterfaceConfig device) {
        return device.made() ? preUp("test -e /sys/class/net/" + device.name() + " || ifup " + device.name()) : "";
    }

    private static String making(String name, Argv add) {
        return preUp("test -e /sys/class/net/" + name + " || " + add);
    }

    private static String unmaking(String name) {
        return "    post-down " + Argv.of("ip", "link", "delete", name) + " || true\n";
    }

    private static String preUp(String command) {
        return "    pre-up " + command + "\n";
    }

    /** A member that is not there is no reason to have no bridge. */
    @Override
    public Map<String, String> bridge(BridgeConfig bridge, StackFacts facts) {
        InterfacesFiles.requireFree(bridge.name(), facts);
        StringBuilder text = new StringBuilder(start(bridge.name()));
        text.append(making(bridge.name(), add(bridge)));
        for (InterfaceConfig member : bridge.members()) {
            InterfacesFiles.requireMember(bridge.name(), member.name(), facts);
            text.append(there(member));
            text.append(preUp(Argv.of("ip", "link", "set", member.name(), "up") + " || true"));
            text.append(preUp(Argv.of("ip", "link", "set", member.name(), "master", bridge.name()) + " || true"));
        }
        return Map.of(
                InterfacesFiles.path(bridge.name()),
                text.append(unmaking(bridge.name())).toString());
    }

    private static Argv add(BridgeConfig bridge) {
        String stp = bridge.stp() ? "1" : "0";
        return bridge.mac().isEmpty()
                ? Argv.of("ip", "link", "add", "name", bridge.name(), "type", "bridge", "stp_state", stp)
                : Argv.of(
                        "ip",
                        "link",
                        "add",
                        "name",
                        bridge.name(),
                        "address",
                        bridge.mac(),
                        "type",
                        "bridge",
                        "stp_state",
                        stp);
    }

    @Override
    public Set<String> members(String bridge, StackFacts facts) {
        Set<String> out = new TreeSet<>();
        Matcher match = MEMBER.matcher(facts.ours().getOrDefault(InterfacesFiles.path(bridge), ""));
        while (match.find()) out.add(match.group("member"));
        return out;
    }

    @Override
    public String address(String bridge, Map<String, String> ours) {
        Matcher match = MAC.matcher(ours.getOrDefault(InterfacesFiles.path(bridge), ""));
        return match.find() ? match.group("mac") : "";
    }
}
