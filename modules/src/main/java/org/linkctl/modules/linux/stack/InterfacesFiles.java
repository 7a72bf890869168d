package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.spi.Refused;

/** What ifupdown and ifupdown2 have in common: interfaces(5) with what others wrote there, and the programs of if-up.d. */
final class InterfacesFiles {
    static final String FOLDER = "/etc/network/interfaces.d/linkctl-";
    static final String ADDRESS = "    hwaddress ";
    static final String HOOKS = "/etc/network/if-up.d/";

    private static final String GATEWAY = hookPath("gateway");

    private InterfacesFiles() {}

    static StringBuilder start(String device) {
        return new StringBuilder(OurFiles.MARK).append("\nauto ").append(device).append('\n');
    }

    /** The dot of a VLAN's name is one that source-directory skips files for. */
    static String path(String name) {
        return FOLDER + name.replace('.', '_');
    }

    /** Read after the file that makes the device, which has to be there before it gets an address. */
    static String addressFile(String device) {
        return path(device + "-address");
    }

    static void requireFree(String bond, List<String> members, StackFacts facts) {
        requireFree(bond, facts);
        for (String member : members) requireMember(bond, member, facts);
    }

    static void requireFree(String device, StackFacts facts) {
        for (Stanza stanza : facts.stanzas()) {
            if (!stanza.device().equals(device)) continue;
            throw new Refused("'" + stanza.text() + "' in " + stanza.file() + " would make " + device
                    + " a second time at boot; remove it");
        }
    }

    static void requireMember(String device, String member, StackFacts facts) {
        for (Stanza stanza : facts.stanzas()) {
            if (!stanza.device().equals(member) || stanza.givesNone()) continue;
            throw new Refused("'" + stanza.text() + "' in " + stanza.file() + " gives addresses to a member of "
                    + device + "; remove it");
        }
    }

    /** The address on the wire that our file gives a device. */
    static Optional<String> hardwareAddress(String device, Map<String, String> ours) {
        return ours.getOrDefault(path(device), "")
                .lines()
                .filter(line -> line.startsWith(ADDRESS))
                .map(line -> line.substring(ADDRESS.length()))
                .findFirst();
    }

    static void requireNoDhcp(String stack, InterfaceConfig want) {
        if (want.dhcp() == null) return;
        throw new Refused("dhcp: of " + want.name() + ": on a host of " + stack
                + " linkctl starts no DHCP client; leave it to a stanza 'iface " + want.name()
                + " inet dhcp' of the host's own, and out of the inventory");
    }

    /** The addresses that an interface shall have and nobody else's stanzas give it. */
    static List<Cidr> ours(InterfaceConfig want, StackFacts facts) {
        List<Cidr> others = others(want, facts);
        return want.addresses().stream()
                .filter(address -> !others.contains(address))
                .toList();
    }

    /** Whether it comes up at boot without a word of ours. */
    static boolean comesUp(InterfaceConfig want, StackFacts facts) {
        return want.made() || hasStanza(want.name(), facts);
    }

    private static boolean hasStanza(String device, StackFacts facts) {
        return facts.stanzas().stream().anyMatch(stanza -> stanza.device().equals(device));
    }

    /** What somebody else's stanzas give already: ifup(8) fails where an address is given twice (seen with 0.8.41). */
    private static List<Cidr> others(InterfaceConfig want, StackFacts facts) {
        List<Cidr> out = facts.stanzas().stream()
                .filter(stanza -> stanza.device().equals(want.name()))
                .flatMap(stanza -> stanza.addresses().stream())
                .toList();
        for (Cidr address : want.addresses()) {
            for (Cidr other : out) {
                if (other.address().equals(address.address()) && !other.equals(address)) {
                    throw new Refused("others' stanzas in /etc/network/interfaces or interfaces.d give " + other
                            + " to " + want.name() + ", the inventory gives it " + address + "; make them agree");
                }
            }
        }
        return out;
    }

    static Map<String, String> routes(List<StaticRoute> routes, String device, boolean declared, StackFacts facts) {
        if (!declared && !hasStanza(device, facts)) {
            throw new Refused(device + ", which leads to " + routes.getFirst().via()
                    + ", has no stanza in /etc/network/interfaces, so a route over it would not outlive a reboot;"
                    + " declare it with nic('" + device + "', ...) or give it a stanza");
        }
        String text = routes.stream()
                .map(route -> IpRoute.replace(route) + " || true\n")
                .collect(Collectors.joining("", hook(device), ""));
        return Map.of(GATEWAY, text);
    }

    /** In a file of its own: each interface may have one. */
    static Map<String, String> defaultRoute(InterfaceConfig device, Ip gateway) {
        Argv replace = IpRoute.replaceDefault(gateway, device.name());
        return Map.of(defaultRoutePath(gateway.isV6()), hook(device.name()) + replace + " || true\n");
    }

    static String defaultRoutePath(boolean v6) {
        return hookPath(DefaultRouteName.of(v6));
    }

    /**
     * The beginning of a program in a folder of which all are run after every stanza that came up (interfaces(5)); the IPv6
     * one may come after the IPv4 one.
     */
    private static String hook(String device) {
        return "#!/bin/sh\n" + OurFiles.MARK + "\n[ \"$IFACE\" = " + Argv.quote(device) + " ] || exit 0\n";
    }

    private static String hookPath(String what) {
        return HOOKS + "linkctl-" + what;
    }

    static String mode(String path) {
        return path.startsWith(HOOKS) ? "0755" : "0644";
    }

    /** The prefix in each line that begins with these words, a regular expression. */
    static List<Cidr> values(String words, String content) {
        Pattern line = Pattern.compile("^\\s*" + words + " (?<prefix>\\S+)", Pattern.MULTILINE);
        return line.matcher(content)
                .results()
                .flatMap(match -> Cidr.parse(match.group("prefix")).stream())
                .toList();
    }
}
