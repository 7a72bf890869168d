package org.linkctl.cli.option;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.cli.context.Failure;
import org.linkctl.diag.Suggest;
import org.linkctl.engine.Selection;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.plan.Planner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hosts and modules that a run is limited to. */
public final class SelectionOptions {
    @Mixin
    private final LimitOption limit;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "MODULE",
            order = 11,
            description = "Only what these modules configure, by name (linux.bond) or in short (bond).")
    private List<String> only = new ArrayList<>();

    public SelectionOptions() {
        this(new LimitOption());
    }

    /** These hosts, and all modules. */
    public SelectionOptions(LimitOption limit) {
        this.limit = limit;
    }

    public List<String> limit() {
        return limit.hosts();
    }

    public List<String> only() {
        return List.copyOf(only);
    }

    /** Whether a host is selected. */
    public boolean holds(Fabric fabric, Host host) {
        return limit().isEmpty()
                || limit().stream().anyMatch(name -> fabric.hostsUnder(name).contains(host));
    }

    public void set(List<String> hosts, List<String> modules) {
        limit.set(hosts);
        only = new ArrayList<>(modules);
    }

    public Selection selection(Fabric fabric, Planner planner) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String name : limit()) {
            List<Host> found = fabric.hostsUnder(name);
            if (found.isEmpty() && fabric.hasSite(name)) {
                throw new Failure("--limit: site '" + name + "' has no hosts");
            }
            if (found.isEmpty()) {
                throw unknown("--limit: no host, pair, group or site named", name, "there are", fabric.selectable());
            }
            found.forEach(host -> hosts.add(host.name()));
        }
        Set<String> modules = new LinkedHashSet<>();
        for (String name : only)
            modules.addAll(modules(name, planner.moduleNames().all()));
        return new Selection(hosts, modules);
    }

    private static List<String> modules(String name, List<String> known) {
        if (known.contains(name)) return List.of(name);
        List<String> short_ =
                known.stream().filter(module -> module.endsWith("." + name)).toList();
        if (short_.isEmpty()) throw unknown("--only: no module named", name, "modules", known);
        return short_;
    }

    private static Failure unknown(String what, String name, String kind, Collection<String> known) {
        String guess = Suggest.closest(name, known)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        return new Failure(what + " '" + name + "'" + guess + "\n  " + kind + ": " + String.join(", ", known));
    }
}
