package org.linkctl.modules.filter;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Argv;

/** Whose rules a chain is of, and the command by which that program is told to let a flow pass. */
enum Owner {
    DOCKER("Docker"),
    UFW("ufw"),
    FIREWALLD("firewalld"),
    IPFW("ipfw"),
    IPTABLES("somebody"),
    NFTABLES("somebody");

    private final String shown;

    Owner(String shown) {
        this.shown = shown;
    }

    String shown() {
        return shown;
    }

    /** @param beside the other chains of the same table */
    static Owner of(Chain chain, Collection<Chain> beside) {
        Set<String> names = beside.stream().map(Chain::name).collect(Collectors.toSet());
        if (chain.table().equals(Ipfw.NAME)) return IPFW;
        if (chain.table().endsWith(" firewalld")) return FIREWALLD;
        if (names.stream().anyMatch(name -> name.startsWith("ufw-") || name.startsWith("ufw6-"))) return UFW;
        // Docker sets the policy of FORWARD, and no other.
        boolean docker = names.contains("DOCKER-USER") || names.contains("DOCKER-FORWARD") || names.contains("DOCKER");
        if (docker && chain.hook() == Flow.Hook.FORWARD) return DOCKER;
        return chain.table().contains("tables ") ? IPTABLES : NFTABLES;
    }

    /** What lets a flow pass. */
    String allow(Chain chain, Flow flow) {
        return flow.hook() == Flow.Hook.FORWARD ? forward(chain, flow) : input(chain, flow);
    }

    private String forward(Chain chain, Flow flow) {
        String in = word(flow.in(), flow.from());
        String out = word(flow.out(), flow.to());
        String tables = flow.isV6() ? "ip6tables" : "iptables";
        return switch (this) {
            case DOCKER ->
                tables + " -I DOCKER-USER" + match(" -i ", " -s ", flow.in(), flow.from())
                        + match(" -o ", " -d ", flow.out(), flow.to()) + " -j ACCEPT";
            case IPFW ->
                "ipfw add 50 allow ip from any to any via " + (chain.name().endsWith("out") ? out : in);
            case UFW -> "ufw route allow in on " + in + " out on " + out;
            case FIREWALLD ->
                "firewall-cmd --permanent --new-policy=" + in + "-" + out + " && firewall-cmd --permanent --policy="
                        + in + "-" + out
                        + " --set-target=ACCEPT --add-ingress-zone=ZONE-OF-" + in + " --add-egress-zone=ZONE-OF-" + out
                        + " && firewall-cmd --reload";
            case IPTABLES ->
                tables + " -I FORWARD" + match(" -i ", " -s ", flow.in(), flow.from())
                        + match(" -o ", " -d ", flow.out(), flow.to()) + " -j ACCEPT";
            case NFTABLES ->
                "nft insert rule " + chain.table() + " " + Argv.quote(chain.name()) + " iifname " + in + " oifname "
                        + out + " accept";
        };
    }

    private String input(Chain chain, Flow flow) {
        int port = flow.port();
        String tables = flow.isV6() ? "ip6tables" : "iptables";
        return switch (this) {
            case IPFW -> "ipfw add 50 allow " + flow.protocol() + " from any to me " + port;
            case UFW -> "ufw allow " + port + "/" + flow.protocol();
            case FIREWALLD ->
                "firewall-cmd --permanent --add-port=" + port + "/" + flow.protocol() + " && firewall-cmd --reload";
            case DOCKER, IPTABLES -> tables + " -I INPUT -p " + flow.protocol() + " --dport " + port + " -j ACCEPT";
            case NFTABLES ->
                "nft insert rule " + chain.table() + " " + Argv.quote(chain.name()) + " " + flow.protocol() + " dport "
                        + port + " accept";
        };
    }

    private static String word(String device, Cidr address) {
        return device.isEmpty() ? "INTERFACE-OF-" + address : Argv.quote(device);
    }

    private static String match(String byName, String byAddress, String device, Cidr address) {
        return device.isEmpty() ? byAddress + address : byName + Argv.quote(device);
    }
}
