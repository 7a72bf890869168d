package org.linkctl.modules.linux;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Step;
import org.linkctl.spi.Refused;

/** systemd-networkd: systemd.netdev(5), systemd.network(5). */
record Networkd() implements NetworkStack {
    private static final String FOLDER = "/etc/systemd/network/";

    /**
     * An interface of ours keeps its addresses while its cables are out, and with them every route that names one as
     * its source; a restart of networkd leaves alone what others put there.
     */
    private static final String STEADY =
            "[Network]\nConfigureWithoutCarrier=yes\nIgnoreCarrierLoss=yes\nKeepConfiguration=static\n";

    @Override
    public String name() {
        return "systemd-networkd";
    }

    @Override
    public Map<String, String> bond(Bond.Want bond) {
        Map<String, String> out = new LinkedHashMap<>();
        StringBuilder device = new StringBuilder()
                .append("[NetDev]\nName=")
                .append(bond.name())
                .append("\nKind=bond\n\n[Bond]\nMode=")
                .append(bond.mode().kernel())
                .append("\nTransmitHashPolicy=")
                .append(bond.hash().kernel())
                .append("\nMIIMonitorSec=")
                .append(bond.miimon())
                .append("ms\n");
        if (bond.lacp())
            device.append("LACPTransmitRate=").append(bond.lacpRate().kernel()).append('\n');
        out.put(FOLDER + "10-linkctl-" + bond.name() + ".netdev", device.toString());
        out.put(own(bond.name()), "[Match]\nName=" + bond.name() + "\n\n" + STEADY);
        for (String member : bond.members()) {
            out.put(
                    FOLDER + "10-linkctl-" + bond.name() + "-" + member + ".network",
                    "[Match]\nName=" + member + "\n\n[Network]\nBond=" + bond.name() + "\nLinkLocalAddressing=no\n");
        }
        return out;
    }

    @Override
    public boolean makes(String bond, String path, String content) {
        return path.startsWith(FOLDER + "10-linkctl-") && content.contains("\nBond=" + bond + "\n");
    }

    @Override
    public Map<String, String> addresses(Address.Want want, StackFacts facts) {
        String path = addressFile(want, facts);
        StringBuilder text = new StringBuilder();
        // The bond's own file is the bond's; so is somebody else's, with all it says of gateways and DHCP: ours is a
        // drop-in beside it.
        if (path.equals(own(want.name()))) {
            text.append("[Match]\nName=").append(want.name()).append("\n\n").append(STEADY);
        }
        if (want.mtu() != null)
            text.append("\n[Link]\nMTUBytes=").append(want.mtu()).append('\n');
        for (Cidr address : want.addresses()) {
            text.append("\n[Address]\nAddress=").append(address).append('\n');
            // A route cannot name an address as its source while duplicates are still looked for.
            if (address.isV6()) text.append("DuplicateAddressDetection=none\n");
        }
        return text.isEmpty() ? Map.of() : Map.of(path, text.toString().stripLeading());
    }

    @Override
    public String addressFile(Address.Want want, StackFacts facts) {
        String own = own(want.name());
        String file = want.made() ? own : facts.networkFiles().getOrDefault(want.name(), own);
        return !want.made() && file.equals(own) ? own : dropIn(alone(file, want.name(), facts), "address");
    }

    private static String own(String device) {
        return FOLDER + "10-linkctl-" + device + ".network";
    }

    @Override
    public Map<String, String> routes(List<Gateway.Hop> hops, String device, boolean declared, StackFacts facts) {
        String file = declared
                ? facts.networkFiles().getOrDefault(device, own(device))
                : facts.networkFiles().get(device);
        if (file == null) {
            throw new Refused(device + ", which leads to " + hops.getFirst().via()
                    + ", has no file in systemd-networkd, so a route over it would not outlive a reboot; declare it"
                    + " with nic('" + device + "', ...) or give it a .network file");
        }
        String text = hops.stream()
                .map(hop -> "[Route]\nDestination=" + hop.prefix() + "\nGateway=" + hop.via() + "\n")
                .collect(Collectors.joining("\n"));
        return Map.of(dropIn(alone(file, device, facts), "gateway"), text);
    }

    /** A drop-in says the same of every interface that the file is for. */
    private static String alone(String file, String device, StackFacts facts) {
        List<String> others = facts.networkFiles().entrySet().stream()
                .filter(entry ->
                        entry.getValue().equals(file) && !entry.getKey().equals(device))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (others.isEmpty()) return file;
        throw new Refused(device + " is configured by " + file + ", and so are " + String.join(", ", others) + "; give "
                + device + " a .network file of its own");
    }

    /** Drop-ins in /etc are read whatever folder the file itself lies in: systemd.network(5). */
    private static String dropIn(String file, String what) {
        return FOLDER + file.substring(file.lastIndexOf('/') + 1) + ".d/10-linkctl-" + what + ".conf";
    }

    @Override
    public List<Step> reload() {
        return List.of(Step.run("networkctl", "reload"));
    }

    /**
     * Seen with systemd 252: a reload writes the addresses of an interface whose files changed over those that are
     * there, and takes none away; but it gives back a DHCP lease, and DHCP is somebody else's file.
     */
    @Override
    public List<Step> reloadAddresses(String path) {
        return path.startsWith(FOLDER + "10-linkctl-") ? reload() : List.of();
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
