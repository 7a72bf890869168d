package org.linkctl.modules.linux.address;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Link.Dhcp;
import org.linkctl.modules.linux.kernel.Links;
import org.linkctl.modules.linux.pair.KeepalivedVips;
import org.linkctl.modules.linux.stack.InterfaceConfig;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.StackFacts;
import org.linkctl.modules.wireguard.WireguardDevice;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;
import org.linkctl.spi.Question;

/** The addresses and the MTU of a host's interfaces, as {@code linkctl import} declares them. */
final class AddressFound {
    private static final int ETHERNET = 1500;
    private static final String LOOPBACK = "lo";

    /** Made by other words, which tell what they are; their addresses are told here. */
    private static final Set<String> WORDS = Set.of("bond", "vlan", "bridge");

    /** A container's or a namespace's network card, and what hosts have addresses of their own on. */
    private static final Set<String> AS_NICS = Set.of("", "veth", "dummy", "macvlan", "ipvlan");

    private AddressFound() {}

    static List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>(StackFacts.questions());
        out.add(Links.question());
        out.add(WireguardDevice.INTERFACES);
        out.add(KeepalivedVips.question());
        return List.copyOf(out);
    }

    static List<Found> read(Answers answers) {
        Links links = Links.from(answers);
        StackFacts stack = StackFacts.from(answers);
        Map<String, Set<Cidr>> leased = Links.leased(answers);
        List<String> tunnels = WireguardDevice.names(answers);
        Set<Cidr> shared = KeepalivedVips.read(answers).stream()
                .flatMap(one -> one.addresses().stream())
                .collect(Collectors.toSet());
        List<Found> out = new ArrayList<>();
        for (Links.Link link : links.byName().values()) {
            if (link.kind().equals("wireguard") || tunnels.contains(link.name())) continue;
            List<Cidr> own = link.addresses().stream()
                    .filter(address -> !shared.contains(address))
                    .toList();
            out.addAll(of(link, own, links, stack, leased.getOrDefault(link.name(), Set.of())));
        }
        return List.copyOf(out);
    }

    /** @param there its addresses, but for those that are there while the host is a pair's master */
    private static List<Found> of(Links.Link link, List<Cidr> there, Links links, StackFacts stack, Set<Cidr> leased) {
        List<Cidr> own =
                there.stream().filter(address -> !leased.contains(address)).toList();
        boolean word = WORDS.contains(link.kind()) || !link.bond().isEmpty();
        if (link.master() != null) return member(link, own, word);
        List<Found> out = new ArrayList<>();
        Map<String, Value> attributes = new LinkedHashMap<>();
        if (!own.isEmpty())
            attributes.put("address", Value.of(own.stream().map(Cidr::toString).toList()));
        if (saysMtu(link, links)) attributes.put("mtu", Value.of(link.mtu()));
        Dhcp asked = word || link.port() ? dhcp(link.name(), word, stack) : null;
        if (asked != null) attributes.put("dhcp", new Value.Constant(asked));
        else if (!leased.isEmpty()) out.add(leased(link.name(), leased));
        if (attributes.isEmpty()) return out;
        if (!word
                && !link.name().equals(LOOPBACK)
                && !AS_NICS.contains(link.kind())
                && !stack.configures(link.name())) {
            out.add(new Found.Unsaid(
                    link.name() + ": an interface of the kind " + link.kind() + texts(own),
                    "no file of the host's network stack configures it: whoever made it looks after it"));
        } else out.add(new Found.Part(link.name(), word ? null : "nic", attributes));
        return out;
    }

    /** Of a member counts what it is a member of. */
    private static List<Found> member(Links.Link link, List<Cidr> own, boolean word) {
        if (!own.isEmpty())
            return List.of(new Found.Unsaid(
                    link.name() + ":" + texts(own),
                    "it is a member of " + link.master() + ", which has the addresses; they are left out"));
        return word && link.mtu() != ETHERNET
                ? List.of(new Found.Part(link.name(), null, Map.of("mtu", Value.of(link.mtu()))))
                : List.of();
    }

    private static String texts(List<Cidr> addresses) {
        return addresses.isEmpty()
                ? ""
                : " " + String.join(", ", addresses.stream().map(Cidr::toString).toList());
    }

    /** A VLAN has that of its carrier where nothing is said. */
    private static boolean saysMtu(Links.Link link, Links links) {
        if (link.name().equals(LOOPBACK)) return false;
        String on = link.kind().equals("vlan") ? link.on() : null;
        int usual = on == null ? ETHERNET : links.link(on).map(Links.Link::mtu).orElse(ETHERNET);
        return link.mtu() != usual;
    }

    /** What linkctl's own file asks; what others' ask goes on as it is. */
    private static @Nullable Dhcp dhcp(String name, boolean made, StackFacts stack) {
        NetworkStack running = stack.stack();
        if (running == null) return null;
        InterfaceConfig config = new InterfaceConfig(name, made, List.of(), null);
        for (String path : running.addressFiles(config, stack)) {
            String text = stack.ours().get(path);
            Dhcp out = text == null ? null : running.dhcp(text).orElse(null);
            if (out != null) return out;
        }
        return null;
    }

    private static Found leased(String name, Set<Cidr> leased) {
        return new Found.Unsaid(
                name + ": "
                        + String.join(", ", leased.stream().map(Cidr::toString).toList())
                        + " for a time, by DHCP or router advertisements",
                "the host's own configuration asks for it and goes on to; dhcp: would have linkctl ask");
    }
}
