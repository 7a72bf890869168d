package org.linkctl.modules.linux;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;

/** ifupdown: interfaces(5), with bonding by ifenslave. Several stanzas for one interface add up there. */
record Ifupdown() implements NetworkStack {
    private static final String FOLDER = "/etc/network/interfaces.d/linkctl-";
    private static final String HOOK = "/etc/network/if-up.d/linkctl-gateway";

    @Override
    public String name() {
        return "ifupdown";
    }

    @Override
    public Map<String, String> bond(Bond.Want bond) {
        StringBuilder text = new StringBuilder()
                .append("auto ")
                .append(bond.name())
                .append("\niface ")
                .append(bond.name())
                .append(" inet manual\n    bond-slaves ")
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
        return Map.of(FOLDER + bond.name(), text.toString());
    }

    @Override
    public boolean makes(String bond, String path, String content) {
        return path.equals(FOLDER + bond);
    }

    @Override
    public Map<String, String> addresses(Address.Want want, StackFacts facts) {
        if (want.addresses().isEmpty() && want.mtu() == null) return Map.of();
        String mtu = want.mtu() == null ? "" : "    mtu " + want.mtu() + "\n";
        StringBuilder text = new StringBuilder("auto ").append(want.name()).append('\n');
        if (want.addresses().isEmpty()) {
            text.append("iface ").append(want.name()).append(" inet manual\n").append(mtu);
        }
        for (Cidr address : want.addresses()) {
            text.append("iface ")
                    .append(want.name())
                    .append(address.isV6() ? " inet6 static\n    address " : " inet static\n    address ")
                    .append(address)
                    .append('\n')
                    .append(mtu);
            // A route cannot name an address as its source while duplicates are still looked for.
            if (address.isV6()) text.append("    dad-attempts 0\n");
        }
        return Map.of(addressFile(want, facts), text.toString());
    }

    @Override
    public String addressFile(Address.Want want, StackFacts facts) {
        return FOLDER + want.name() + "-address";
    }

    @Override
    public Map<String, String> routes(List<Gateway.Hop> hops, String device, boolean declared, StackFacts facts) {
        // Run after every stanza that came up (interfaces(5)); the IPv6 one may come after the IPv4 one.
        String first = "#!/bin/sh\n[ \"$IFACE\" = " + Argv.quote(device) + " ] || exit 0\n";
        String text = hops.stream()
                .map(hop -> Argv.of(
                                "ip",
                                "route",
                                "replace",
                                hop.prefix().toString(),
                                "via",
                                hop.via().text(),
                                "proto",
                                "static")
                        + " || true\n")
                .collect(Collectors.joining("", first, ""));
        return Map.of(HOOK, text);
    }

    @Override
    public String mode(String path) {
        return path.equals(HOOK) ? "0755" : "0644";
    }

    @Override
    public List<Step> reload() {
        return List.of();
    }

    @Override
    public List<Step> reloadAddresses(String path) {
        return List.of();
    }

    @Override
    public List<Cidr> declared(String content) {
        return values("address ", content);
    }

    @Override
    public List<Cidr> routed(String content) {
        return values("ip route replace ", content);
    }

    private static List<Cidr> values(String key, String content) {
        return content.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(key))
                .flatMap(line -> Cidr.parse(line.substring(key.length()).split(" ", 2)[0]).stream())
                .toList();
    }
}
