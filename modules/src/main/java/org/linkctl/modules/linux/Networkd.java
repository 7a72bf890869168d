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
        for (String member : bond.members()) {
            out.put(
                    FOLDER + "10-linkctl-" + bond.name() + "-" + member + ".network",
                    "[Match]\nName=" + member + "\n\n[Network]\nBond=" + bond.name() + "\nLinkLocalAddressing=no\n");
        }
        return out;
    }

    @Override
    public Map<String, String> addresses(Address.Want want, StackFacts facts) {
        String own = FOLDER + "10-linkctl-" + want.name() + ".network";
        String other = facts.networkFiles().getOrDefault(want.name(), own);
        StringBuilder text = new StringBuilder();
        if (other.equals(own)) text.append("[Match]\nName=").append(want.name()).append("\n\n");
        if (want.mtu() != null)
            text.append("[Link]\nMTUBytes=").append(want.mtu()).append("\n\n");
        text.append("[Network]\n");
        for (Cidr address : want.addresses())
            text.append("Address=").append(address).append('\n');
        // Somebody else's file stays as it is, with all it says of gateways and DHCP: ours is a drop-in beside it.
        String path = other.equals(own) ? own : dropIn(other, want.name());
        return Map.of(path, text.toString());
    }

    @Override
    public Map<String, String> routes(List<Gateway.Hop> hops, String device, StackFacts facts) {
        String file = facts.networkFiles().get(device);
        if (file == null) {
            throw new Refused(device + ", which leads to " + hops.getFirst().via()
                    + ", has no file in systemd-networkd, so a route over it would not outlive a reboot");
        }
        String text = hops.stream()
                .map(hop -> "[Route]\nDestination=" + hop.prefix() + "\nGateway=" + hop.via() + "\n")
                .collect(Collectors.joining("\n"));
        return Map.of(dropIn(file, "gateway"), text);
    }

    /** Drop-ins in /etc are read whatever folder the file itself lies in: systemd.network(5). */
    private static String dropIn(String file, String what) {
        return FOLDER + file.substring(file.lastIndexOf('/') + 1) + ".d/10-linkctl-" + what + ".conf";
    }

    @Override
    public List<Step> reload() {
        return List.of(Step.run("networkctl", "reload"));
    }

    @Override
    public List<Cidr> declared(String content) {
        return content.lines()
                .filter(line -> line.startsWith("Address="))
                .flatMap(line -> Cidr.parse(line.substring("Address=".length())).stream())
                .toList();
    }
}
