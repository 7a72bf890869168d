package org.linkctl.modules.linux.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.model.Link.Dhcp;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;
import org.linkctl.spi.Refused;

/** systemd-networkd: systemd.netdev(5), systemd.network(5). */
record Networkd() implements NetworkStack {
    static final String FOLDER = "/etc/systemd/network/";
    static final String PREFIX = "10-linkctl-";

    static final String ADDRESS = "MACAddress=";

    private static final String ASKING = "DHCP=";

    /** A reload takes no address away that is there, and with it no route that names it as its source. */
    static final String KEEP = "KeepConfiguration=static\n";

    /** An interface keeps its addresses while its cables are out, too. */
    static final String STEADY = "[Network]\nConfigureWithoutCarrier=yes\nIgnoreCarrierLoss=yes\n" + KEEP;

    @Override
    public String name() {
        return "systemd-networkd";
    }

    @Override
    public void requireFree(String bond, List<String> members, StackFacts facts) {
        requireOne(bond, facts);
        members.forEach(member -> requireOne(member, facts));
        String own = own(bond);
        facts.networkd().of(bond).filter(file -> !file.equals(own)).ifPresent(file -> {
            if (!facts.networkd().others(file, bond).isEmpty()) return;
            throw new Refused(bond + " is configured by " + file + ", and linkctl's own file would take its place;"
                    + " move what has to stay of it into " + own + ".d/, and remove it");
        });
        for (String member : members) {
            String made = member(bond, member);
            facts.networkd().of(member).filter(file -> comesBefore(file, made)).ifPresent(file -> {
                throw new Refused(
                        member + " is configured by " + file + ", which comes before linkctl's file that makes"
                                + " it a member of " + bond + "; remove it, or let its name begin with 20-");
            });
        }
    }

    /** Two that configure one interface undo at boot, and whenever they like, what the other did. */
    static void requireOne(String device, StackFacts facts) {
        for (Stanza stanza : facts.stanzas()) {
            if (!stanza.device().equals(device) || stanza.method().equals("manual")) continue;
            throw new Refused("'" + stanza.text() + "' in " + stanza.file() + " has ifupdown configure " + device
                    + ", and systemd-networkd runs this host's network, too; remove the stanza");
        }
    }

    /** The first file that matches an interface is the only one that counts. */
    static boolean comesBefore(String file, String ours) {
        return NetworkdFiles.name(file).compareTo(NetworkdFiles.name(ours)) < 0;
    }

    @Override
    public Map<String, String> bond(BondConfig bond, StackFacts facts) {
        Map<String, String> out = new LinkedHashMap<>(BondUnit.files(bond));
        StringBuilder device = new StringBuilder(OurFiles.MARK)
                .append("\n[NetDev]\nName=")
                .append(bond.name())
                .append("\nKind=bond\n")
                .append(bond.mac().isEmpty() ? "" : ADDRESS + bond.mac() + "\n")
                .append("\n[Bond]\nMode=")
                .append(bond.mode().kernel())
                .append("\nTransmitHashPolicy=")
                .append(bond.hash().kernel())
                .append("\nMIIMonitorSec=")
                .append(bond.miimon())
                .append("ms\n");
        if (bond.lacp())
            device.append("LACPTransmitRate=").append(bond.lacpRate().kernel()).append('\n');
        out.put(netdev(bond.name()), device.toString());
        out.put(own(bond.name()), match(bond.name()) + STEADY);
        for (String member : bond.members()) {
            out.put(
                    member(bond.name(), member),
                    match(member) + "[Network]\nBond=" + bond.name() + "\nLinkLocalAddressing=no\n");
        }
        return out;
    }

    static String netdev(String bond) {
        return FOLDER + PREFIX + bond + ".netdev";
    }

    @Override
    public Optional<String> bondAddress(String bond, Map<String, String> ours) {
        return ours.getOrDefault(netdev(bond), "")
                .lines()
                .filter(line -> line.startsWith(ADDRESS))
                .map(line -> line.substring(ADDRESS.length()))
                .findFirst();
    }

    static String match(String device) {
        return OurFiles.MARK + "\n[Match]\nName=" + device + "\n\n";
    }

    @Override
    public boolean makes(String bond, String path, String content) {
        return path.startsWith(FOLDER + PREFIX) && content.contains("\nBond=" + bond + "\n");
    }

    @Override
    public Map<String, String> addresses(InterfaceConfig want, StackFacts facts) {
        requireOne(want.name(), facts);
        String path = addressFile(want, facts);
        boolean nothing = want.addresses().isEmpty() && want.mtu() == null && want.dhcp() == null;
        if (nothing && !path.equals(own(want.name()))) return Map.of();
        StringBuilder text = new StringBuilder();
        // The bond's own file is the bond's; so is somebody else's, with all it says of gateways and DHCP: ours is a
        // drop-in beside it. What networkd has from DHCP is to go with the cable.
        if (path.equals(own(want.name()))) text.append(match(want.name()));
        else text.append(OurFiles.MARK).append('\n');
        Dhcp dhcp = want.dhcp();
        if (dhcp != null) text.append(asking(dhcp)).append('\n');
        else if (!want.made() && !isDynamic(want.name(), facts))
            text.append(STEADY).append('\n');
        if (want.mtu() != null)
            text.append("[Link]\nMTUBytes=").append(want.mtu()).append("\n\n");
        for (Cidr address : want.addresses()) {
            text.append(address.isV6() ? withoutDetection(address) : "[Address]\nAddress=" + address + "\n")
                    .append('\n');
        }
        return Map.of(path, text.toString().stripTrailing() + "\n");
    }

    /** A route cannot name an address as its source while duplicates are still looked for. */
    static String withoutDetection(Cidr address) {
        return "[Address]\nAddress=" + address + "\nDuplicateAddressDetection=none\n";
    }

    /** A host that forwards takes no router advertisements unless it is told to, and without them asks no DHCPv6 server. */
    static String asking(Dhcp dhcp) {
        String families = dhcp == Dhcp.BOTH ? "yes" : dhcp.v6() ? "ipv6" : "ipv4";
        return "[Network]\n" + ASKING + families + "\n" + (dhcp.v6() ? "IPv6AcceptRA=yes\n" : "");
    }

    @Override
    public Optional<Dhcp> dhcp(String content) {
        return content.lines()
                .filter(line -> line.startsWith(ASKING))
                .map(line -> line.substring(ASKING.length()))
                .map(families -> families.equals("yes") ? Dhcp.BOTH : families.equals("ipv6") ? Dhcp.V6 : Dhcp.V4)
                .findFirst();
    }

    @Override
    public Optional<DeviceFiles> devices() {
        return Optional.of(new NetworkdDevices());
    }

    /** Not where others ask already: a reload gives their lease back. */
    @Override
    public List<Step> dhcpChanged(String device, StackFacts facts) {
        return isDynamic(device, facts) ? List.of() : List.of(Step.run("networkctl", "reload"));
    }

    static boolean isDynamic(String device, StackFacts facts) {
        return facts.networkd().of(device).filter(facts.networkd()::isDynamic).isPresent();
    }

    @Override
    public Set<String> addressFiles(InterfaceConfig want, StackFacts facts) {
        return Set.of(addressFile(want, facts));
    }

    private static String addressFile(InterfaceConfig want, StackFacts facts) {
        String file = file(want, facts);
        return !want.made() && file.equals(own(want.name())) ? file : dropIn(file, "address");
    }

    /** The file that configures an interface, at the latest after this run. */
    static String file(InterfaceConfig device, StackFacts facts) {
        String own = own(device.name());
        if (device.made()) return own;
        return alone(facts.networkd().of(device.name()).orElse(own), device.name(), facts);
    }

    static String own(String device) {
        return FOLDER + PREFIX + device + ".network";
    }

    static String member(String bond, String member) {
        return FOLDER + PREFIX + bond + "-" + member + ".network";
    }

    @Override
    public Map<String, String> routes(List<StaticRoute> routes, String device, boolean declared, StackFacts facts) {
        requireOne(device, facts);
        String file = facts.networkd().of(device).orElse(declared ? own(device) : "");
        if (file.isEmpty()) {
            throw new Refused(device + ", which leads to " + routes.getFirst().via()
                    + ", has no file in systemd-networkd, so a route over it would not outlive a reboot; declare it"
                    + " with nic('" + device + "', ...) or give it a .network file");
        }
        String text = routes.stream()
                .map(route -> "[Route]\nDestination=" + route.prefix() + "\nGateway=" + route.via() + "\n")
                .collect(Collectors.joining("\n"));
        return Map.of(
                dropIn(alone(file, device, facts), "gateway"),
                OurFiles.MARK + "\n" + (isDynamic(device, facts) ? "" : "[Network]\n" + KEEP + "\n") + text);
    }

    /** A drop-in says the same of every interface that the file is for. */
    static String alone(String file, String device, StackFacts facts) {
        List<String> others = facts.networkd().others(file, device);
        if (others.isEmpty()) return file;
        throw new Refused(device + " is configured by " + file + ", and so are " + String.join(", ", others) + "; give "
                + device + " a .network file of its own");
    }

    /** Drop-ins in /etc are read whatever folder the file itself lies in: systemd.network(5). */
    static String dropIn(String file, String what) {
        return FOLDER + NetworkdFiles.name(file) + ".d/" + PREFIX + what + ".conf";
    }

    /**
     * What networkd has not read it takes away as soon as a cable comes back (seen with systemd 252). A reload writes
     * the addresses of an interface whose files changed over those that are there; but it gives back a DHCP lease, and
     * with it, maybe, the address that linkctl came by.
     */
    @Override
    public List<Step> reload(String device, StackFacts facts) {
        boolean leased =
                facts.networkd().of(device).filter(facts.networkd()::isLeased).isPresent();
        return leased ? List.of() : List.of(Step.run("networkctl", "reload"));
    }

    @Override
    public List<Cidr> declared(String content) {
        return values("Address=", content);
    }

    @Override
    public List<Cidr> routed(String content) {
        return values("Destination=", content);
    }

    private static List<Cidr> values(String key, String content) {
        return content.lines()
                .filter(line -> line.startsWith(key))
                .flatMap(line -> Cidr.parse(line.substring(key.length())).stream())
                .toList();
    }
}
