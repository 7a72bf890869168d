package org.linkctl.modules.freebsd.address;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Link.Dhcp;
import org.linkctl.modules.freebsd.kernel.DhcpClients;
import org.linkctl.modules.freebsd.kernel.Ifconfig;
import org.linkctl.modules.freebsd.kernel.InterfaceKinds;
import org.linkctl.modules.freebsd.kernel.InterfaceText;
import org.linkctl.modules.freebsd.rc.RcFiles;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The addresses and the MTU of a host's interfaces, as {@code linkctl import} declares them. */
final class AddressFound {
    private static final int ETHERNET = 1500;

    /** Of other words, or the kernel's and programs' own. */
    private static final Set<String> OTHERS = Set.of("wg", "pfsync", "pflog", "enc", "ipfw", "ipfwlog", "usbus");

    /** A jail's network card, and one of many that share one (epair(4), lo(4)). */
    private static final Set<String> AS_NICS = Set.of("", "lo", "epair");

    private static final Set<Cidr> LOOPBACK = Set.of(Cidr.of("127.0.0.1/8"), Cidr.of("::1/128"));

    /** By a router's advertisements (ifconfig(8), autoconf). */
    private static final Pattern BY_ROUTER =
            Pattern.compile("\\tinet6 (?<ip>[0-9a-f:.]+) prefixlen (?<length>[0-9]{1,3})\\b.*\\bautoconf\\b.*");

    private static final Pattern PARENT = Pattern.compile("(?m)^\\tvlan: .*parent interface: (?<on>\\S+)$");

    private AddressFound() {}

    static List<Question<?>> questions() {
        return List.of(Ifconfig.question(), DhcpClients.question(), RcFiles.question());
    }

    /** What a DHCP server gave. */
    static List<Question<?>> questions(Answers first) {
        return DhcpClients.read(first).stream()
                .sorted()
                .<Question<?>>map(DhcpClients::leases)
                .toList();
    }

    static List<Found> read(Answers answers) {
        InterfaceKinds kinds = InterfaceKinds.read(answers);
        List<Found> out = new ArrayList<>();
        for (Ifconfig.Device device : Ifconfig.read(answers).byName().values()) {
            if (!OTHERS.contains(kinds.of(device.name()))) out.addAll(of(device, kinds, answers));
        }
        return List.copyOf(out);
    }

    private static List<Found> of(Ifconfig.Device device, InterfaceKinds kinds, Answers answers) {
        String name = device.name();
        Set<Cidr> given = given(device, answers);
        List<Cidr> own = device.own().stream()
                .filter(address -> !given.contains(address) && !(name.equals("lo0") && LOOPBACK.contains(address)))
                .toList();
        String owner = kinds.owners().get(name);
        if (owner != null) return member(device, own, owner, kinds);
        boolean word = kinds.isWord(name);
        List<Found> out = new ArrayList<>();
        Map<String, Value> attributes = new LinkedHashMap<>();
        if (!own.isEmpty())
            attributes.put("address", Value.of(own.stream().map(Cidr::toString).toList()));
        if (device.mtu() != usual(device, kinds, answers)) attributes.put("mtu", Value.of(device.mtu()));
        if (RcFiles.read(answers).contains("linkctl-dhcp-" + name)) attributes.put("dhcp", new Value.Constant(Dhcp.V4));
        else if (!given.isEmpty())
            out.add(new Found.Unsaid(
                    name + ":" + texts(given) + " for a time, by DHCP or router advertisements",
                    "the host's own configuration asks for it and goes on to; dhcp: would have linkctl ask"));
        if (attributes.isEmpty()) return out;
        if (word || AS_NICS.contains(kinds.of(name))) out.add(new Found.Part(name, word ? null : "nic", attributes));
        else if (!own.isEmpty())
            out.add(new Found.Unsaid(
                    name + ": an interface of the group " + kinds.of(name) + texts(own),
                    "no word makes one: whoever made it looks after it"));
        return out;
    }

    /** Of a member counts what it is a member of; a bridge has the MTU of its members, which is theirs to say. */
    private static List<Found> member(Ifconfig.Device member, List<Cidr> own, String owner, InterfaceKinds kinds) {
        List<Found> out = new ArrayList<>();
        if (!own.isEmpty())
            out.add(new Found.Unsaid(
                    member.name() + ":" + texts(own),
                    "it is a member of " + owner + ", which has the addresses; they are left out"));
        boolean says = kinds.of(owner).equals("bridge")
                && member.mtu() != ETHERNET
                && (kinds.isWord(member.name()) || kinds.of(member.name()).isEmpty());
        if (says)
            out.add(new Found.Part(
                    member.name(), kinds.isWord(member.name()) ? null : "nic", Map.of("mtu", Value.of(member.mtu()))));
        return out;
    }

    private static String texts(Iterable<Cidr> addresses) {
        StringBuilder out = new StringBuilder();
        for (Cidr address : addresses) out.append(out.isEmpty() ? " " : ", ").append(address);
        return out.toString();
    }

    private static Set<Cidr> given(Ifconfig.Device device, Answers answers) {
        Set<Cidr> out = new TreeSet<>();
        for (String line : InterfaceText.of(device.name(), answers).lines().toList()) {
            Matcher match = BY_ROUTER.matcher(line);
            if (match.matches())
                Cidr.parse(match.group("ip") + "/" + match.group("length")).ifPresent(out::add);
        }
        if (!DhcpClients.read(answers).contains(device.name())) return out;
        String leased = DhcpClients.leased(device.name(), answers);
        for (Cidr address : device.own()) if (address.address().text().equals(leased)) out.add(address);
        return out;
    }

    /** A VLAN has the MTU of its carrier where nothing is said; that of a loopback interface is the kernel's own. */
    private static int usual(Ifconfig.Device device, InterfaceKinds kinds, Answers answers) {
        if (kinds.of(device.name()).equals("lo")) return device.mtu();
        Matcher parent = PARENT.matcher(InterfaceText.of(device.name(), answers));
        if (!parent.find()) return ETHERNET;
        return Ifconfig.read(answers)
                .device(parent.group("on"))
                .map(Ifconfig.Device::mtu)
                .orElse(ETHERNET);
    }
}
