package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.linkctl.engine.Events;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Selection;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Pair;
import org.linkctl.model.Tunnel;
import org.linkctl.plan.Planned;
import org.linkctl.plan.Planner;
import org.linkctl.plan.Undeclared;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Secrets;
import org.linkctl.spi.UnreadableFacts;

/**
 * Everything that is decided in a run: pure, but for telling of mistakes. Whatever a module throws comes out as
 * {@link Refused} that names the resource; a mistake in a module is told as one and ends that host's run only.
 */
public final class Judge {
    private final Planner planner;
    private final Fabric fabric;
    private final Selection selection;
    private final Secrets secrets;
    private final Care care;
    private final Safety safety;
    private final Undeclared undeclared;

    public Judge(Planner planner, Fabric fabric, Selection selection, Secrets secrets, Events events) {
        this(planner, fabric, selection, secrets, events, Safety.USUAL, Undeclared.REMOVED);
    }

    /** @param undeclared what becomes of what is owned and not declared */
    public Judge(
            Planner planner,
            Fabric fabric,
            Selection selection,
            Secrets secrets,
            Events events,
            Safety safety,
            Undeclared undeclared) {
        this.planner = planner;
        this.fabric = fabric;
        this.selection = selection;
        this.secrets = secrets;
        this.care = new Care(events, secrets);
        this.safety = safety;
        this.undeclared = undeclared;
    }

    public List<Host> selected() {
        return fabric.hosts().stream().filter(selection::holds).toList();
    }

    /** Hosts that are not selected and share a tunnel, a hub or a pair with one that is: they are asked for what they publish. */
    List<Host> peers() {
        Set<String> names = new LinkedHashSet<>();
        for (Host host : selected()) {
            for (Tunnel tunnel : fabric.tunnels(host))
                names.add(tunnel.farFrom(host.name()).host());
            for (Hub hub : fabric.hubs(host)) fabric.members(hub).forEach(member -> names.add(member.name()));
            for (Pair pair : fabric.pairs()) if (pair.hosts().contains(host.name())) names.addAll(pair.hosts());
        }
        return fabric.hosts().stream()
                .filter(host -> names.contains(host.name()) && !selection.holds(host))
                .toList();
    }

    Set<Question<?>> questions(Host host) {
        Set<Question<?>> questions = new LinkedHashSet<>();
        for (Planned<?, ?> planned : wanted(host, Published.NOTHING)) {
            questions.addAll(guarded(host, planned, planned::probe));
        }
        return questions;
    }

    /** What modules refuse to say for a host before it is asked anything, a line each; empty: nothing. */
    String refusals(Host host) {
        return wanted(host, Published.NOTHING).stream()
                .flatMap(planned -> planned.refusal().stream().map(why -> planned.module() + ": " + why))
                .collect(Collectors.joining("\n"));
    }

    /** Asks a host what it remembers of what linkctl owns there. */
    Question<?> memory(Host host) {
        return Ownership.question(safety.home(host.name()));
    }

    /** What has to be asked of things that are to go, which only the host knows of. */
    Set<Question<?>> undeclared(Host host, Answers answers) {
        Set<Question<?>> questions = new LinkedHashSet<>();
        Ownership owned = ownership(host, answers);
        for (Planned<?, ?> planned : absences(host, owned.searching(wanted(host, Published.NOTHING)), owned)) {
            questions.addAll(guarded(host, planned, planned::probe));
        }
        return questions;
    }

    private Ownership ownership(Host host, Answers answers) {
        try {
            return Ownership.read(safety.home(host.name()), fabric.name(), answers);
        } catch (UnreadableFacts e) {
            throw care.refused(e);
        }
    }

    /** What is owned, not wanted, of the selected modules, and no other inventory's: what was made last comes first. */
    List<Planned<?, ?>> absences(Host host, List<Planned<?, ?>> wanted, Ownership owned) {
        // Whether what a module made is still wanted cannot be told where it refuses to say what it wants.
        Set<String> silent = wanted.stream()
                .filter(one -> one.refusal().isPresent())
                .map(Planned::module)
                .collect(Collectors.toSet());
        List<Owned> gone = owned.without(Decision.ids(wanted)).stream()
                .filter(one -> selection.holdsModule(one.module()) && !silent.contains(one.module()))
                .filter(one -> owned.otherOwner(one.resource()).isEmpty())
                .toList();
        try {
            return planner.absences(new Scope(fabric, host, Published.NOTHING), gone, undeclared);
        } catch (RuntimeException e) {
            throw care.mistake(host, "a mistake in a module, while it said what is to go", e);
        }
    }

    /** The same and what tells whether things work. */
    Set<Question<?>> examination(Host host) {
        Set<Question<?>> questions = questions(host);
        for (Planned<?, ?> planned : wanted(host, Published.NOTHING)) {
            if (selection.holdsModule(planned.module())) questions.addAll(guarded(host, planned, planned::examine));
        }
        return questions;
    }

    /** What a host tells others. A resource that cannot be understood tells nothing; its own host's plan says why. */
    Published.Values publish(Host host, Answers answers) {
        Published.Values told = Published.Values.NONE;
        for (Planned<?, ?> planned : wanted(host, Published.NOTHING)) {
            try {
                told = told.and(planned.publish(answers));
            } catch (Refused | UnreadableFacts e) {
                care.trace(host, planned.resource().id() + ": " + e.getMessage());
            } catch (RuntimeException e) {
                throw care.mistake(host, planned, e);
            }
        }
        return told;
    }

    /**
     * What differs on a host, of the selected modules: first what has to go, then what has to be made.
     *
     * @param drained paths that nothing shall be sent over just now
     * @param atWork the hosts that can be changed in this run
     */
    HostPlan plan(Host host, Published published, Answers answers, Set<String> drained, Set<String> atWork) {
        Ownership owned = ownership(host, answers);
        var wanted = owned.searching(wanted(host, published, drained));
        return new Decision(this, host, answers, owned, wanted, atWork).plan();
    }

    String fabric() {
        return fabric.name();
    }

    Undeclared undeclared() {
        return undeclared;
    }

    boolean selects(Host host) {
        return selection.holds(host);
    }

    boolean selects(String module) {
        return selection.holdsModule(module);
    }

    List<Finding> findings(Host host, Published published, Answers answers) {
        List<Finding> findings = new ArrayList<>();
        for (Planned<?, ?> planned : wanted(host, published)) {
            if (selection.holdsModule(planned.module())) findings.addAll(findings(host, planned, answers));
        }
        return findings;
    }

    /** What cannot be judged is told as that; it hides nothing else of its host. */
    private List<Finding> findings(Host host, Planned<?, ?> planned, Answers answers) {
        String id = planned.resource().id();
        try {
            return guarded(host, planned, () -> planned.findings(answers));
        } catch (Refused e) {
            String why = String.valueOf(e.getMessage());
            return List.of(Finding.bad(id, why.startsWith(id + ": ") ? why.substring(id.length() + 2) : why));
        }
    }

    /** The resources that are there already, as the answers say: what is only to be made can be no worse afterwards. */
    Set<String> established(Host host, Published published, Answers answers) {
        Set<String> out = new LinkedHashSet<>();
        for (Planned<?, ?> planned : wanted(host, published)) {
            Planned.Assessment found = guarded(host, planned, () -> planned.assess(answers));
            if (found.exists()) out.add(planned.resource().id());
        }
        return out;
    }

    /** The hosts at whose ends a path is. */
    Set<String> ends(String path) {
        return fabric.tunnels().stream()
                .filter(tunnel -> tunnel.name().equals(path))
                .flatMap(tunnel -> tunnel.ends().stream())
                .map(Tunnel.End::host)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A host's resources that are a path's end: all of them, but for what gives its role away, of the path through itself. */
    Set<String> ofPath(Host host, String path) {
        boolean through = path.equals(Resource.through(host.name()));
        return wanted(host, Published.NOTHING).stream()
                .map(Planned::resource)
                .filter(resource -> through
                        ? !resource.spreads().contains(path)
                        : resource.way().filter(path::equals).isPresent())
                .map(Resource::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What tells whether these resources work. */
    Set<Question<?>> examination(Host host, Set<String> resources) {
        Set<Question<?>> questions = new LinkedHashSet<>();
        for (Planned<?, ?> planned : wanted(host, Published.NOTHING)) {
            if (!resources.contains(planned.resource().id())) continue;
            questions.addAll(guarded(host, planned, planned::probe));
            questions.addAll(guarded(host, planned, planned::examine));
        }
        return questions;
    }

    /** What is bad about these resources. */
    Set<String> bad(Host host, Published published, Answers answers, Set<String> resources) {
        Set<String> out = new LinkedHashSet<>();
        for (Planned<?, ?> planned : wanted(host, published)) {
            if (!resources.contains(planned.resource().id())) continue;
            for (Finding finding : guarded(host, planned, () -> planned.findings(answers))) {
                if (finding.health() == Finding.Health.BAD) out.add(finding.subject());
            }
        }
        return out;
    }

    List<Planned<?, ?>> wanted(Host host, Published published) {
        return wanted(host, published, Set.of());
    }

    private List<Planned<?, ?>> wanted(Host host, Published published, Set<String> drained) {
        try {
            return planner.plan(new Scope(fabric, host, published, drained, secrets));
        } catch (Refused | UnreadableFacts e) {
            throw care.refused(e);
        } catch (RuntimeException e) {
            throw care.mistake(host, "a mistake in a module, while it said what it wants", e);
        }
    }

    <T> T guarded(Host host, Planned<?, ?> planned, Supplier<T> work) {
        return care.guarded(host, planned, work);
    }

    /** What hosts hide is told nowhere, whatever else quotes it. */
    void know(Answers answers) {
        care.know(answers);
    }
}
