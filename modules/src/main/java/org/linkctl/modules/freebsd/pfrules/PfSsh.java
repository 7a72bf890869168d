package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;

/** SSH stays open whatever the rules of the inventory say, but for the interfaces that they name: linkctl comes by it. */
final class PfSsh {
    private final Fabric fabric;
    private final Host host;

    PfSsh(Fabric fabric, Host host) {
        this.fabric = fabric;
        this.host = host;
    }

    /** By an interface that no rule names, no block takes it away; by others the rules say so. */
    List<String> rules(Firewall asked) {
        List<String> out = new ArrayList<>();
        Set<String> named = named(asked);
        boolean redirected = asked.redirects().stream().anyMatch(this::leadsToSsh);
        String tag = redirected ? PfTags.has(PfTags.SSH) : "";
        // What is redirected to it is not let in here, but where all that is redirected is.
        if (redirected) out.add("pass in" + toSsh() + PfTags.lacks(PfTags.REDIRECTED) + PfTags.set(PfTags.SSH));
        for (String device : named) out.add("block in" + PfRule.on(device) + toSsh() + tag + PfTags.set(PfTags.NAMED));
        out.add(pass(redirected ? tag : named.isEmpty() ? "" : PfTags.lacks(PfTags.NAMED)));
        return out;
    }

    private boolean leadsToSsh(Firewall.Redirect redirect) {
        return PfHandover.alike(fabric, host).stream().anyMatch(one -> leadsToSsh(redirect, one));
    }

    private boolean leadsToSsh(Firewall.Redirect redirect, Host one) {
        Integer port = redirect.toPort();
        int ssh = HostAddresses.sshPort(one);
        boolean ours = HostAddresses.all(fabric, one).stream()
                .anyMatch(own -> own.address().equals(redirect.to()));
        return ours
                && (port == null
                        ? redirect.ports().from() <= ssh
                                && ssh <= redirect.ports().to()
                        : port == ssh);
    }

    private String toSsh() {
        List<String> ports = PfHandover.alike(fabric, host).stream()
                .map(HostAddresses::sshPort)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        return " proto tcp from any to (self) port " + PfWords.list(ports);
    }

    /**
     * Lets SSH in. A connection that was there before pf was lives on: it is the one that brings the rules.
     *
     * @param which of it; empty: all
     */
    String pass(String which) {
        return "pass in quick" + toSsh() + " flags any keep state (sloppy)" + which;
    }

    /** The interfaces that rules name for what comes in. */
    static Set<String> named(Firewall firewall) {
        Set<String> named = new LinkedHashSet<>();
        for (Firewall.Rule rule : firewall.rules()) if (rule.inbound() != null) named.add(rule.inbound());
        return named;
    }
}
