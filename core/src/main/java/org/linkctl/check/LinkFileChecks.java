package org.linkctl.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Vlan;

/**
 * Interfaces of a Linux host whose files would be one: files are named by interfaces, and not each name of an interface is one of
 * a file. Which network stack a host has is not known here.
 */
final class LinkFileChecks {
    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;
    /** By the name of its file, without the folder, the link that has it first. */
    private final Map<String, Link> files = new HashMap<>();

    private final Set<String> told = new HashSet<>();

    LinkFileChecks(Refusals refusals, Fabric fabric, Host host) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
    }

    void check() {
        if (host.os() != Os.LINUX) return;
        for (Link link : fabric.links(host)) {
            // ifupdown's source-directory skips names with a dot (interfaces(5)); addresses are in a file of their own.
            String file = link.name().replace('.', '_');
            one(link, "/etc/network/interfaces.d/linkctl-" + file);
            one(link, "/etc/network/interfaces.d/linkctl-" + file + "-address");
            one(link, "/etc/systemd/network/10-linkctl-" + link.name() + ".network");
            if (link instanceof Vlan) continue;
            for (String member : link.lower())
                one(link, "/etc/systemd/network/10-linkctl-" + link.name() + "-" + member + ".network");
        }
    }

    private void one(Link link, String file) {
        Link first = files.putIfAbsent(file, link);
        if (first == null || first.name().equals(link.name())) return; // said of the names
        if (!told.add(first.name() + " " + link.name())) return;
        refusals.conflict(
                link.at(),
                "name",
                link.name(),
                "'" + Names.shown(link.name()) + "' and '" + Names.shown(first.name()) + "' would have one file",
                "which would be " + file + "; give one of them another name; also at " + first.at());
    }
}
