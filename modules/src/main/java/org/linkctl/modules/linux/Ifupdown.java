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
        return Map.of(FOLDER + bond.name() + "-bond", text.toString());
    }

    @Override
    public Map<String, String> addresses(Address.Want want, StackFacts facts) {
        StringBuilder text = new StringBuilder("auto ").append(want.name()).append('\n');
        for (Cidr address : want.addresses()) {
            text.append("iface ")
                    .append(want.name())
                    .append(address.isV6() ? " inet6 static\n    address " : " inet static\n    address ")
                    .append(address)
                    .append('\n');
            if (want.mtu() != null) text.append("    mtu ").append(want.mtu()).append('\n');
        }
        return Map.of(FOLDER + want.name() + "-address", text.toString());
    }

    @Override
    public Map<String, String> routes(List<Gateway.Hop> hops, String device, StackFacts facts) {
        // Run after every interface that comes up (interfaces(5)): until the right one is up, ip(8) may fail.
        String text = hops.stream()
                .map(hop -> Argv.of(
                                "ip",
                                "route",
                                "replace",
                                hop.prefix().toString(),
                                "via",
                                hop.via().text()) + " || true\n")
                .collect(Collectors.joining("", "#!/bin/sh\n", ""));
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
    public List<Cidr> declared(String content) {
        return content.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("address "))
                .flatMap(line -> Cidr.parse(line.substring("address ".length())).stream())
                .toList();
    }
}
