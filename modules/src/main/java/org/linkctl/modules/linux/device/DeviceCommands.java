package org.linkctl.modules.linux.device;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.shell.Argv;

/** The commands of ip-link(8) that make VLANs and bridges, and take them away. */
public final class DeviceCommands {
    private DeviceCommands() {}

    public static Argv delete(String name) {
        return Argv.of("ip", "link", "delete", name);
    }

    public static Argv vlan(String name, String on, int id) {
        return Argv.of("ip", "link", "add", "link", on, "name", name, "type", "vlan", "id", Integer.toString(id));
    }

    /** @param mac empty: what the kernel makes of it */
    public static Argv bridge(String name, boolean stp, String mac) {
        List<String> words = new ArrayList<>(List.of("ip", "link", "add", "name", name));
        if (!mac.isEmpty()) words.addAll(List.of("address", mac));
        words.addAll(List.of("type", "bridge", "stp_state", stp ? "1" : "0"));
        return new Argv(words);
    }

    /** One that is there, as it is. */
    public static Argv add(Links.Link device) {
        String on = device.on();
        if (device.kind().equals("vlan") && on != null) {
            List<String> words = new ArrayList<>(List.of("ip", "link", "add", "link", on, "name", device.name()));
            words.addAll(List.of("mtu", Integer.toString(device.mtu()), "type", "vlan"));
            words.addAll(List.of("protocol", device.options().getOrDefault("protocol", "802.1Q")));
            words.addAll(List.of("id", device.options().getOrDefault("id", "0")));
            return new Argv(words);
        }
        return bridge(
                device.name(), !device.options().getOrDefault("stp_state", "0").equals("0"), device.mac());
    }
}
