package org.linkctl.modules.linux.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.kernel.AddressCommands;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Refused;

/** ifupdown: interfaces(5), with bonding by ifenslave. Several stanzas for one interface add up there. */
public record Ifupdown() implements NetworkStack {
    private static final String FOLDER = "/etc/network/interfaces.d/linkctl-";
    private static final String ADDRESS = "    hwaddress ";
    private static final String HOOKS = "/etc/network/if-up.d/";
    private static final String HOOK = HOOKS + "linkctl-gateway";

    @Override
    public String name() {
        return "ifupdown";
    }

    @Override
    public void requireFree(String bond, List<String> members, StackFacts facts) {
        for (Stanza stanza : facts.stanzas()) {
            String what = "'" + stanza.text() + "' in " + stanza.file();
            if (stanza.device().equals(bond)) {
                throw new Refused(what + " would make " + bond + " a second time at boot; remove it");
            }
            if (members.contains(stanza.device()) && !stanza.method().equals("manual")) {
                throw new Refused(what + " gives addresses to a member of " + bond + "; remove it");
            }
        }
    }

    @Override
    public Map<String, String> bond(BondConfig bond, StackFacts facts) {
        StringBuilder text = start(bond.name())
                .append("iface ")
                .append(bond.name())
                .append(" inet manual\n")
                .append(bond.mac().isEmpty() ? "" : address(bond.name(), bond.mac()))
                .append("    bond-slaves ")
                .append(String.join(" ", bond.members()))
                .append("\n    bond-mode ")
                .append(bond.mode().kernel())
                .append("\n    bond-xmit-hash-policy ")
                .append(bond.hash().kernel())
                .append("\n    bond-miimon ")
                .append(bond.miimon())
                .append('\n');
        if (bond.lacp())
            text.append("    bond-lacp-rate ").append(bond.lacpRate().kernel()).append('\n');
        // Read before linkctl-NAME-address: the device has to be made before it gets an address.
        return Map.of(path(bond.name()), text.toString());
    }

    /** Made with its address, as udev would give it one of its own before the members come: pre-up comes before if-pre-up.d. */
    private static String address(String bond, String mac) {
        return ADDRESS + mac + "\n    pre-up test -e /sys/class/net/" + bond + " || "
                + Argv.of("ip", "link", "add", bond, "address", mac, "type", "bond") + "\n";
    }

    @Override
    public Optional<String> bondAddress(String bond, Map<String, String> ours) {
        return ours.getOrDefault(path(bond), "")
                .lines()
                .filter(line -> line.startsWith(ADDRESS))
                .map(line -> line.substring(ADDRESS.length()))
                .findFirst();
    }

    static StringBuilder start(String device) {
        return new StringBuilder(OurFiles.MARK).append("\nauto ").append(device).append('\n');
    }

    /** The dot of a VLAN's name is one that source-directory skips files for. */
    static String path(String name) {
        return FOLDER + name.replace('.', '_');
    }

    @Override
    public boolean makes(String bond, String path, String content) {
        return path.equals(path(bond));
    }

    @Override
    public Map<String, String> addresses(InterfaceConfig want, StackFacts facts) {
        if (want.dhcp() != null) {
            throw new Refused("dhcp: of " + want.name()
                    + ": on a host of ifupdown linkctl starts no DHCP client; leave it" + " to a stanza 'iface "
                    + want.name() + " inet dhcp' of the host's own, and out of the inventory");
        }
        List<Cidr> others = others(want, facts);
        List<Cidr> addresses = want.addresses().stream()
                .filter(address -> !others.contains(address))
                .toList();
        boolean comesUp = want.made()
                || facts.stanzas().stream().anyMatch(stanza -> stanza.device().equals(want.name()));
        if (addresses.isEmpty() && want.mtu() == null && comesUp) return Map.of();
        StringBuilder text = start(want.name());
        boolean v4 = addresses.stream().anyMatch(address -> !address.isV6());
        // The MTU of an IPv6 stanza is IPv6's alone where the link's is greater.
        String mtu = want.mtu() == null ? "" : "    mtu " + want.mtu() + "\n";
        if (!v4 && (addresses.isEmpty() || want.mtu() != null))
            text.append("iface ").append(want.name()).append(" inet manual\n").append(mtu);
        for (Cidr address : addresses)
            text.append(address.isV6() ? v6(want.name(), address) : v4(want.name(), address) + mtu);
        return Map.of(addressFile(want.name()), text.toString());
    }

    /** Of a prefix that is too long to have a broadcast address ifupdown would make one up (seen with 0.8.41). */
    private static String v4(String device, Cidr address) {
        return "iface " + device + " inet static\n    address " + address + "\n"
                + (AddressCommands.hasBroadcast(address) ? "" : "    broadcast 0.0.0.0\n");
    }

    /** Not {@code inet6 static}: that writes kernel parameters beside the address, autoconf in any case: interfaces(5). */
    private static String v6(String device, Cidr address) {
        return "iface " + device + " inet6 manual\n    up " + AddressCommands.replace(device, address) + "\n    down "
                + AddressCommands.delete(device, address) + " || true\n";
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

    @Override
    public Set<String> addressFiles(InterfaceConfig want, StackFacts facts) {
        return Set.of(addressFile(want.name()));
    }

    private static String addressFile(String device) {
        return path(device + "-address");
    }

    @Override
    public Map<String, String> routes(List<StaticRoute> routes, String device, boolean declared, StackFacts facts) {
        if (!declared
                && facts.stanzas().stream().noneMatch(stanza -> stanza.device().equals(device))) {
            throw new Refused(device + ", which leads to " + routes.getFirst().via()
                    + ", has no stanza in /etc/network/interfaces, so a route over it would not outlive a reboot;"
                    + " declare it with nic('" + device + "', ...) or give it a stanza");
        }
        String text = routes.stream()
                .map(route -> IpRoute.replace(route) + " || true\n")
                .collect(Collectors.joining("", hook(device), ""));
        return Map.of(HOOK, text);
    }

    /**
     * The beginning of a program in a folder of which all are run after every stanza that came up (interfaces(5)); the IPv6
     * one may come after the IPv4 one.
     */
    static String hook(String device) {
        return "#!/bin/sh\n" + OurFiles.MARK + "\n[ \"$IFACE\" = " + Argv.quote(device) + " ] || exit 0\n";
    }

    static String hookPath(String what) {
        return HOOKS + "linkctl-" + what;
    }

    @Override
    public Optional<DeviceFiles> devices() {
        return Optional.of(new IfupdownDevices());
    }

    @Override
    public String mode(String path) {
        return path.startsWith(HOOKS) ? "0755" : "0644";
    }

    /** ifupdown does nothing until it is asked to, at boot most of the time. */
    @Override
    public List<Step> reload(String device, StackFacts facts) {
        return List.of();
    }

    @Override
    public List<Cidr> declared(String content) {
        return values("(?:address|up ip address replace)", content);
    }

    @Override
    public List<Cidr> routed(String content) {
        return values("ip route replace", content);
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
