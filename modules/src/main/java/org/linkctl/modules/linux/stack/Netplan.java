package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Link.Dhcp;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;
import org.linkctl.spi.Refused;

/**
 * netplan over systemd-networkd: netplan(5). Files of linkctl's own in /etc/netplan, which netplan merges with the others;
 * what it has no words for is said in drop-ins beside the files that it generates, as its documentation has it.
 */
record Netplan() implements NetworkStack {
    /** Comes after what installers and cloud-init write (00-, 01-, 50-): the last file's values count. */
    private static final String PREFIX = "/etc/netplan/90-linkctl-";

    private static final String DROP_INS = "/etc/systemd/network/";
    static final String MAC = "macaddress";

    private static final String GENERATE =
            ShellFile.of(Netplan.class, "netplan-generate.sh").text();

    private static final String DHCP4 = "dhcp4: true";
    private static final String DHCP6 = "dhcp6: true";

    /** Where netplan keeps what it says of an interface: below {@code network:}, SECTION, ID. */
    record Definition(String section, String id) {}

    @Override
    public String name() {
        return "netplan";
    }

    static String yaml(String what) {
        return PREFIX + what + ".yaml";
    }

    /** Beside what is generated for a definition; drop-ins in /etc are read wherever the file itself lies. */
    static String dropIn(Definition definition, String what) {
        return DROP_INS + "10-netplan-" + definition.id() + ".network.d/10-linkctl-" + what + ".conf";
    }

    /** A new one has the name of the interface; what others' files define has the ID that they gave it. */
    static Definition definition(String device, StackFacts facts) {
        Networkd.requireOne(device, facts);
        String file = facts.networkd().of(device).orElse("");
        if (file.isEmpty()) return new Definition("ethernets", device);
        String id = NetplanFiles.id(file).orElse("");
        if (id.isEmpty()) {
            throw new Refused(device + " is configured by " + file + ", which netplan did not make; say it in"
                    + " /etc/netplan instead, and remove it");
        }
        List<String> others = facts.networkd().others(file, device);
        if (!others.isEmpty()) {
            throw new Refused(device + " is configured by '" + id + "' in /etc/netplan, and so are "
                    + String.join(", ", others) + "; give " + device + " a definition of its own there");
        }
        return new Definition(facts.netplan().section(id), id);
    }

    /** A bond's ID is its name; it need not be there yet. */
    private static Definition bondDefinition(String bond) {
        return new Definition("bonds", bond);
    }

    static Definition definition(InterfaceConfig want, StackFacts facts) {
        return want.made() ? new Definition(want.kind() + "s", want.name()) : definition(want.name(), facts);
    }

    @Override
    public Optional<DeviceFiles> devices() {
        return Optional.of(new NetplanDevices());
    }

    @Override
    public void requireFree(String bond, List<String> members, StackFacts facts) {
        Definition made = definition(bond, facts);
        if (facts.networkd().of(bond).isPresent() && !made.equals(bondDefinition(bond)))
            throw new Refused(
                    "'" + made.id() + "' in /etc/netplan makes " + bond + ", and is no bond; remove it there");
        requireMembers(bond, members, facts);
        for (String member : members) requireUnused(bond, member, facts);
    }

    /** Others' files give a member neither addresses nor DHCP. */
    static void requireUnused(String owner, String member, StackFacts facts) {
        Definition one = definition(member, facts);
        List<Cidr> addresses = facts.netplan().addresses().getOrDefault(one.id(), List.of());
        boolean dynamic = isDynamic(member, facts);
        if (!dynamic && addresses.isEmpty()) return;
        throw new Refused("'" + one.id() + "' in /etc/netplan gives addresses to a member of " + owner + " ("
                + (dynamic ? "DHCP" : addresses.getFirst()) + "); remove them there");
    }

    /** Lists get longer where files add up: a member that others' files name remains one. */
    private static void requireMembers(String bond, List<String> members, StackFacts facts) {
        List<String> others = new ArrayList<>(facts.netplan().members().getOrDefault(bond, List.of()));
        others.removeAll(NetplanYaml.texts("- ", facts.ours().getOrDefault(yaml("bond-" + bond), "")));
        for (String member : members) others.remove(definition(member, facts).id());
        if (others.isEmpty()) return;
        throw new Refused("'" + bond + "' in /etc/netplan has " + String.join(", ", others)
                + " for a member, too; take it out there, or declare it in the inventory");
    }

    @Override
    public boolean keeps(String bond, StackFacts facts) {
        return facts.netplan().others().contains(bond);
    }

    static boolean isDynamic(String device, StackFacts facts) {
        return facts.networkd().of(device).filter(facts.networkd()::isDynamic).isPresent();
    }

    @Override
    public Map<String, String> bond(BondConfig bond, StackFacts facts) {
        Map<String, String> out = new LinkedHashMap<>(BondUnit.files(bond));
        NetplanYaml yaml = new NetplanYaml();
        List<String> ids = new ArrayList<>();
        for (String member : bond.members()) {
            Definition one = definition(member, facts);
            yaml.define(one, List.of());
            ids.add(one.id());
        }
        List<String> lines = new ArrayList<>(NetplanYaml.list("interfaces", ids));
        if (!bond.mac().isEmpty()) lines.add(MAC + ": " + NetplanYaml.quoted(bond.mac()));
        lines.add("parameters:");
        lines.add("  mode: " + NetplanYaml.quoted(bond.mode().kernel()));
        lines.add("  transmit-hash-policy: " + NetplanYaml.quoted(bond.hash().kernel()));
        lines.add("  mii-monitor-interval: " + bond.miimon());
        if (bond.lacp()) lines.add("  lacp-rate: " + bond.lacpRate().kernel());
        Definition own = bondDefinition(bond.name());
        out.put(yaml("bond-" + bond.name()), yaml.define(own, lines).text());
        out.put(dropIn(own, "bond"), OurFiles.MARK + "\n" + Networkd.STEADY);
        return out;
    }

    @Override
    public Optional<String> bondAddress(String bond, Map<String, String> ours) {
        return NetplanYaml.value(MAC, ours.getOrDefault(yaml("bond-" + bond), ""));
    }

    @Override
    public boolean makes(String bond, String path, String content) {
        return path.equals(yaml("bond-" + bond));
    }

    @Override
    public Map<String, String> addresses(InterfaceConfig want, StackFacts facts) {
        Definition definition = definition(want, facts);
        requireSame(want, definition, facts);
        boolean nothing = want.addresses().isEmpty() && want.mtu() == null && want.dhcp() == null;
        boolean others =
                facts.networkd().of(want.name()).isPresent() && !facts.ours().containsKey(addressYaml(want));
        if (nothing && (want.made() || others)) return Map.of();
        List<String> lines = new ArrayList<>();
        if (want.mtu() != null && !isLink(definition)) lines.add("mtu: " + want.mtu());
        Dhcp dhcp = want.dhcp();
        if (dhcp != null) lines.addAll(asking(dhcp));
        lines.addAll(NetplanYaml.list(
                "addresses", want.addresses().stream().map(Cidr::toString).toList()));
        Map<String, String> out = new LinkedHashMap<>();
        out.put(addressYaml(want), new NetplanYaml().define(definition, lines).text());
        String more = beside(want, definition, facts);
        if (!more.isEmpty()) out.put(dropIn(definition, "address"), OurFiles.MARK + "\n" + more);
        return out;
    }

    private static List<String> asking(Dhcp dhcp) {
        List<String> out = new ArrayList<>();
        if (dhcp.v4()) out.add(DHCP4);
        // Without router advertisements no DHCPv6 server is asked (netplan(5), dhcp6; systemd.network(5), DHCP).
        if (dhcp.v6()) out.addAll(List.of(DHCP6, "accept-ra: true"));
        return out;
    }

    @Override
    public Optional<Dhcp> dhcp(String content) {
        List<String> lines = content.lines().map(String::strip).toList();
        boolean v4 = lines.contains(DHCP4);
        if (lines.contains(DHCP6)) return Optional.of(v4 ? Dhcp.BOTH : Dhcp.V6);
        return v4 ? Optional.of(Dhcp.V4) : Optional.empty();
    }

    /** Not where others ask already: a reload gives their lease back. */
    @Override
    public List<Step> dhcpChanged(String device, StackFacts facts) {
        List<Step> out = new ArrayList<>(List.of(Step.run("/bin/sh", "-c", GENERATE)));
        if (!isOthers(device, facts)) out.add(Step.run("networkctl", "reload"));
        return out;
    }

    /** What is generated does not tell who asks: where linkctl does, it is taken for the only one. */
    private static boolean isOthers(String device, StackFacts facts) {
        String ours = facts.ours().getOrDefault(yaml("address-" + device), "");
        return isDynamic(device, facts) && !ours.contains(DHCP4) && !ours.contains(DHCP6);
    }

    /** Of a bond its own drop-in tells that it keeps its addresses; what networkd has from DHCP is to go with the cable. */
    private static String beside(InterfaceConfig want, Definition definition, StackFacts facts) {
        List<String> out = new ArrayList<>();
        if (!want.made() && want.dhcp() == null && !isOthers(want.name(), facts)) out.add(Networkd.STEADY);
        if (want.mtu() != null && isLink(definition)) out.add("[Link]\nMTUBytes=" + want.mtu() + "\n");
        for (Cidr address : want.addresses()) if (address.isV6()) out.add(Networkd.withoutDetection(address));
        return String.join("\n", out);
    }

    /**
     * An interface that no definition makes. For its MTU netplan would write a file of systemd.link(5), which takes the place
     * of systemd's own: at boot the interface would have no alternative names (seen with 0.106), or be named otherwise.
     */
    private static boolean isLink(Definition definition) {
        return definition.section().equals("ethernets");
    }

    /** The same address with another length in others' files would come back at boot beside the one that is wanted. */
    private static void requireSame(InterfaceConfig want, Definition definition, StackFacts facts) {
        List<Cidr> others = new ArrayList<>(facts.netplan().addresses().getOrDefault(definition.id(), List.of()));
        String ours = facts.ours().get(addressYaml(want));
        if (ours != null) others.removeAll(NetplanYaml.prefixes("- ", ours));
        for (Cidr address : want.addresses()) {
            for (Cidr other : others) {
                if (!other.address().equals(address.address()) || other.equals(address)) continue;
                throw new Refused("'" + definition.id() + "' in /etc/netplan gives " + other + " to " + want.name()
                        + ", the inventory gives it " + address + "; make them agree");
            }
        }
    }

    private static String addressYaml(InterfaceConfig want) {
        return yaml("address-" + want.name());
    }

    @Override
    public Set<String> addressFiles(InterfaceConfig want, StackFacts facts) {
        Set<String> out = new LinkedHashSet<>(List.of(addressYaml(want)));
        out.add(dropIn(definition(want, facts), "address"));
        return out;
    }

    @Override
    public Map<String, String> routes(List<StaticRoute> routes, String device, boolean declared, StackFacts facts) {
        Definition definition = definition(device, facts);
        if (facts.networkd().of(device).isEmpty() && !declared) {
            throw new Refused(device + ", which leads to " + routes.getFirst().via()
                    + ", has no definition in /etc/netplan, so a route over it would not outlive a reboot; declare it"
                    + " with nic('" + device + "', ...) or define it there");
        }
        List<String> lines = new ArrayList<>(List.of("routes:"));
        for (StaticRoute route : routes) {
            lines.add("  - to: " + NetplanYaml.quoted(route.prefix().toString()));
            lines.add("    via: " + NetplanYaml.quoted(route.via().text()));
        }
        Map<String, String> out = new LinkedHashMap<>();
        out.put(yaml("gateway"), new NetplanYaml().define(definition, lines).text());
        if (!isDynamic(device, facts))
            out.put(dropIn(definition, "gateway"), OurFiles.MARK + "\n[Network]\n" + Networkd.KEEP);
        return out;
    }

    /** netplan warns of files that others may read. */
    @Override
    public String mode(String path) {
        return path.startsWith(PREFIX) ? "0600" : "0644";
    }

    /** The reload comes with what is generated. */
    @Override
    public List<Step> unitsChanged() {
        return List.of();
    }

    /**
     * Not {@code netplan apply}, which reconfigures all interfaces of systemd-networkd one after the other, and triggers
     * udev's rules for them: what changes is live already, and networkd is to learn of it, as without netplan.
     */
    @Override
    public List<Step> reload(String device, StackFacts facts) {
        List<Step> out = new ArrayList<>(List.of(Step.run("/bin/sh", "-c", GENERATE)));
        if (!isDynamic(device, facts)) out.add(Step.run("networkctl", "reload"));
        return out;
    }

    @Override
    public List<Cidr> declared(String content) {
        return NetplanYaml.prefixes("- ", content);
    }

    @Override
    public List<Cidr> routed(String content) {
        return NetplanYaml.prefixes("- to: ", content);
    }
}
