package org.linkctl.modules.linux.stack;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.linkctl.model.Link.Dhcp;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.net.Cidr;

/** A profile of NetworkManager as nm-settings-keyfile(5) has it: groups of settings, each a line {@code key=value}. */
final class Keyfile {
    private static final String MAC = "cloned-mac-address=";
    private static final String METHOD = "method=";

    /** Addresses of a profile: {@code address1}, {@code address2} …; a gateway may follow behind a comma. */
    private static final String ADDRESS = "address[0-9]+=";

    private final Map<String, StringBuilder> groups = new LinkedHashMap<>();

    /**
     * A profile that counts more than any other for its interface: nm-settings(5), connection.autoconnect-priority.
     *
     * @param id the profile's name; with it goes its UUID, the same on every host
     * @param type such as {@code ethernet} or {@code bond}
     */
    Keyfile(String id, String type, String device) {
        set("connection", "id", id);
        set("connection", "uuid", uuid(id));
        set("connection", "type", type);
        set("connection", "interface-name", device);
        set("connection", "autoconnect-priority", NetworkManager.PRIORITY);
    }

    static String uuid(String id) {
        return UUID.nameUUIDFromBytes(("linkctl profile " + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    Keyfile set(String group, String key, Object value) {
        groups.computeIfAbsent(group, name -> new StringBuilder())
                .append(key)
                .append('=')
                .append(value)
                .append('\n');
        return this;
    }

    /** The address on the wire, of a device that linkctl makes. */
    Keyfile mac(String mac) {
        return mac.isEmpty() ? this : set("ethernet", MAC.substring(0, MAC.length() - 1), mac);
    }

    static Optional<String> macOf(String content) {
        return content.lines()
                .filter(line -> line.startsWith(MAC))
                .map(line -> line.substring(MAC.length()))
                .findFirst();
    }

    /**
     * What is declared and nothing else: without it no DHCP, no IPv6 autoconfiguration. The metrics are the kernel's own: by
     * itself NetworkManager counts them up from 100 in the order in which interfaces come up, another one at every boot. What a
     * server or a router gives keeps those.
     */
    Keyfile ip(InterfaceConfig config) {
        if (config.mtu() != null) set("ethernet", "mtu", config.mtu());
        Dhcp dhcp = config.dhcp();
        boolean v4 = dhcp != null && dhcp.v4();
        boolean v6 = dhcp != null && dhcp.v6();
        family("ipv4", config.addresses().stream().filter(one -> !one.isV6()).toList(), v4, "disabled", 0);
        family("ipv6", config.addresses().stream().filter(Cidr::isV6).toList(), v6, "link-local", 256);
        return set("ipv6", "addr-gen-mode", "eui64");
    }

    private void family(String group, List<Cidr> addresses, boolean asks, String without, int metric) {
        set(group, "method", asks ? "auto" : addresses.isEmpty() ? without : "manual");
        int number = 0;
        for (Cidr address : addresses) set(group, "address" + ++number, address);
        if (!addresses.isEmpty() && !asks) set(group, "route-metric", metric);
    }

    /** Of which families a profile of ours has NetworkManager ask for addresses: IPv4 stands first. */
    static Optional<Dhcp> dhcp(String content) {
        List<String> methods = content.lines()
                .filter(line -> line.startsWith(METHOD))
                .map(line -> line.substring(METHOD.length()))
                .toList();
        if (methods.size() != 2) return Optional.empty();
        boolean v4 = methods.getFirst().equals("auto");
        boolean v6 = methods.getLast().equals("auto");
        return v4 || v6 ? Optional.of(v4 && v6 ? Dhcp.BOTH : v4 ? Dhcp.V4 : Dhcp.V6) : Optional.empty();
    }

    String text() {
        return groups.entrySet().stream()
                .map(group -> "[" + group.getKey() + "]\n" + group.getValue())
                .collect(Collectors.joining("\n", OurFiles.MARK + "\n", ""));
    }

    static List<Cidr> addresses(String content) {
        return content.lines()
                .filter(line -> line.matches(ADDRESS + ".*"))
                .flatMap(line -> Cidr.parse(line.replaceFirst(ADDRESS, "")).stream())
                .toList();
    }
}
