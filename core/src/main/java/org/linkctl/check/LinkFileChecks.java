package org.linkctl.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.spi.SystemLimits;

/**
 * Interfaces of a host whose files would be one: files are named by interfaces, and not each name of an interface is one of a
 * file.
 */
final class LinkFileChecks {
    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;
    private final List<SystemLimits> limits;
    /** By the name of its file, without the folder, the link that has it first. */
    private final Map<String, Link> files = new HashMap<>();

    private final Set<String> told = new HashSet<>();

    LinkFileChecks(Refusals refusals, Fabric fabric, Host host, List<SystemLimits> limits) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
        this.limits = limits;
    }

    void check() {
        for (SystemLimits one : limits) {
            if (one.system() != host.os()) continue;
            for (Link link : fabric.links(host)) {
                for (String file : one.files(link)) one(link, file);
            }
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
