package org.linkctl.engine.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Drain;
import org.linkctl.engine.Events;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Selection;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Pair;
import org.linkctl.model.Route;
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
 * Plans a run: which hosts to ask, what to ask, and what their answers mean. Pure, but for traces of defects. Whatever
 * a module throws becomes {@link Refused} with the resource's id; a defect of a module ends that host's run only.
 */
public final class RunPlanner {
    private final Planner planner;
    private final Fabric fabric;
    private final Selection selection;
    private final Secrets secrets;
    private final ModuleCalls modules;
    private final Safety safety;
    private final Undeclared undeclared;
    private final @Nullable Drain drain;
    /** What is wanted on each host, by its name, as it was asked for last: asking, publishing and planning need the same. */
    private final Map<String, Wanted> wanted = new ConcurrentHashMap<>();

    /** What is wanted where this was known. */
    private record Wanted(Published published, Set<String> drained, Set<String> held, List<Planned<?, ?>> resources) {
        boolean isFor(Published published, Set<String> drained, Set<String> held) {
            return this.drained.equals(drained) && this.held.equals(held) && this.published.equals(published);
        }
    }

    public RunPlanner(Planner planner, Fabric fabric, Selection selection, Secrets secrets, Events events) {
        this(planner, fabric, selection, secrets, events, Safety.USUAL, Undeclared.REMOVED);
    }

    /** @param undeclared what becomes of resources that are owned and no longer declared */
    public RunPlanner(
            Planner planner,
            Fabric fabric,
            Selection selection,
            Secrets secrets,
            Events events,
            Safety safety,
            Undeclared undeclared) {
        this(planner, fabric, selection, secrets, events, safety, undeclared, null);
    }

    /** @param drain what is to be drained, or put back, and nothing else done; null: a run like any other */
    public RunPlanner(
            Planner planner,
            Fabric fabric,
            Selection selection,
            Secrets secrets,
            Events events,
            Safety safety,
            Undeclared undeclared,
            @Nullable Drain drain) {
        this.drain = drain;
        this.planner = planner;
        this.fabric = fabric;
        this.selection = selection;
        this.secrets = secrets;
        this.modules = new ModuleCalls(events, secrets);
        this.safety = safety;
        this.undeclared = undeclared;
    }

    public List<Host> selected() {
        return fabric.hosts().stream().filter(selection::holds).toList();
    }

    /**
     * The hosts that are not selected and share a tunnel, a hub or a pair with one that is: they are probed for what
     * they publish.
     */
    List<Host> peers() {
        Set<String> names = new LinkedHashSet<>();
        Set<String> selected = selected().stream().map(Host::name).collect(Collectors.toSet());
        for (Host host : selected()) {
            for (Tunnel tunnel : fabric.tunnels(host))
                names.add(tunnel.farFrom(host.name()).host());
        }
        for (Hub hub : fabric.hubs()) {
            List<String> members = fabric.members(hub).stream().map(Host::name).toList();
            if (members.stream().anyMatch(selected::contains)) names.addAll(members);
        }
        for (Pair pair : fabric.pairs()) {
            if (pair.hosts().stream().anyMatch(selected::contains)) names.addAll(pair.hosts());
        }
        return fabric.hosts().stream()
                .filter(host -> names.contains(host.name()) && !selection.holds(host))
                .toList();
    }

    SharedPaths sharedPaths() {
        return new SharedPaths(fabric, selection);
    }

    Neighbours neighbours() {
        return new Neighbours(fabric);
    }

    Set<Question<?>> questions(Host host) {
        Set<Question<?>> questions = new LinkedHashSet<>();
        for (Planned<?, ?> planned : wanted(host, Published.NOTHING)) {
            questions.addAll(callModule(host, planned, planned::probe));
            // Whatever changes a path asks what else its traffic can go over.
            if (!planned.resource().spreads().isEmpty())
                questions.addAll(callModule(host, planned, planned::beforeDraining));
        }
        if (!questions.isEmpty() || selection.holds(host)) questions.add(held(host));
        return questions;
    }

    /**
     * Whether a host that is drained as a whole leaves a route to others: its own part has nothing to go over, and shall
     * not.
     *
     * @param declared the tunnels of the route on this host
     */
    boolean goesOnElsewhere(Host host, Set<String> declared, Drain what) {
        if (!what.name().equals(host.name())) return false;
        Set<String> drained = what.way().paths();
        List<Route> routes = fabric.routes(host).stream()
                .filter(route -> route.via().stream().anyMatch(declared::contains))
                .toList();
        return !routes.isEmpty() && routes.stream().noneMatch(route -> drained.containsAll(route.via()));
    }

    /** The question for what is held on a host. */
    Question<?> held(Host host) {
        return HeldPaths.question(safety.home(host.name()));
    }

    /** What is held on a host. */
    HeldPaths held(Host host, Answers answers) {
        try {
            return HeldPaths.read(safety.home(host.name()), answers);
        } catch (UnreadableFacts e) {
            throw modules.refused(e);
        }
    }

    /** What modules refuse before a host is asked anything, a line each; empty: nothing. */
    String refusals(Host host) {
        return wanted(host, Published.NOTHING).stream()
                .flatMap(planned -> planned.refusal().stream().map(why -> planned.module() + ": " + why))
                .collect(Collectors.joining("\n"));
    }

    /** The question for a host's manifests of owned resources. */
    Question<?> memory(Host host) {
        return Ownership.question(safety.home(host.name()));
    }

    /** The questions about resources that are to be removed: only the host's manifest names them. */
    Set<Question<?>> absenceQuestions(Host host, Answers answers) {
        Set<Question<?>> questions = new LinkedHashSet<>();
        Ownership owned = ownership(host, answers);
        for (Planned<?, ?> planned : absences(host, owned.searching(wanted(host, Published.NOTHING)), owned)) {
            questions.addAll(callModule(host, planned, planned::probe));
        }
        return questions;
    }

    private Ownership ownership(Host host, Answers answers) {
        try {
            return Ownership.read(safety.home(host.name()), fabric.name(), answers);
        } catch (UnreadableFacts e) {
            throw modules.refused(e);
        }
    }

    /**
     * The owned resources of the selected modules that are no longer declared, and that no other inventory owns; the
     * latest first.
     */
    List<Planned<?, ?>> absences(Host host, List<Planned<?, ?>> wanted, Ownership owned) {
        // Where a module refuses to say what it wants, none of its resources counts as undeclared.
        Set<String> silent = wanted.stream()
                .filter(one -> one.refusal().isPresent())
                .map(Planned::module)
                .collect(Collectors.toSet());
        List<Owned> gone = owned.without(HostPlanBuilder.ids(wanted)).stream()
                .filter(one -> selection.holdsModule(one.module()) && !silent.contains(one.module()))
                .filter(one -> owned.otherOwner(one.resource()).isEmpty())
                .toList();
        try {
            return planner.absences(new Scope(fabric, host, Published.NOTHING), gone, undeclared);
        } catch (RuntimeException e) {
            throw modules.unexpected(host, "a mistake in a module, while it said what is to go", e);
        }
    }

    /**
     * What a host publishes for other hosts. A resource whose answers cannot be read publishes nothing; its own host's
     * plan says why.
     */
    Published.Values publish(Host host, Answers answers) {
        Published.Values told = Published.Values.NONE;
        for (Planned<?, ?> planned : wanted(host, Published.NOTHING, answers)) {
            try {
                told = told.and(planned.publish(answers));
            } catch (Refused | UnreadableFacts e) {
                modules.trace(host, planned.resource().id() + ": " + e.getMessage());
            } catch (RuntimeException e) {
                throw modules.unexpected(host, planned, e);
            }
        }
        return told;
    }

    /**
     * What differs on a host, of the selected modules: removals first, then what is made.
     *
     * @param drained paths that carry no traffic at present
     * @param changeable the names of the hosts that can be changed in this run
     */
    HostPlan plan(Host host, Published published, Answers answers, Set<String> drained, Set<String> changeable) {
        Ownership owned = ownership(host, answers);
        HeldPaths held = held(host, answers);
        if (drain == null) {
            var wanted = owned.searching(wanted(host, published, drained, held.paths()));
            return new HostPlanBuilder(this, host, answers, owned, wanted, held, changeable).build();
        }
        DrainPlan draining = new DrainPlan(drain, host, held, HeldPaths.line(safety.about(), fabric.name()));
        return draining.build(
                this,
                answers,
                owned.searching(wanted(host, published, drained, held.paths())),
                owned.searching(wanted(host, published, drained, draining.after())));
    }

    String fabric() {
        return fabric.name();
    }

    Undeclared undeclared() {
        return undeclared;
    }

    boolean includes(Host host) {
        return selection.holds(host);
    }

    boolean selects(String module) {
        return selection.holdsModule(module);
    }

    /**
     * The ids of the resources that exist already by these answers: one that does not exist yet cannot become worse.
     */
    Set<String> existing(Host host, Published published, Answers answers) {
        Set<String> out = new LinkedHashSet<>();
        for (Planned<?, ?> planned : wanted(host, published, answers)) {
            Planned.Assessment found = callModule(host, planned, () -> planned.assess(answers));
            if (found.exists()) out.add(planned.resource().id());
        }
        return out;
    }

    /** The names of the hosts at the ends of a path. */
    Set<String> ends(String path) {
        Optional<String> member = Resource.memberHost(path);
        if (member.isPresent()) return Set.of(member.get());
        return fabric.tunnelsNamed(path).stream()
                .flatMap(tunnel -> tunnel.ends().stream())
                .map(Tunnel.End::host)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The ids of a host's resources that form its end of a path. For the path through the host itself: all but those
     * that hand its role over.
     */
    Set<String> resourcesOfPath(Host host, String path) {
        boolean through = path.equals(Resource.through(host.name()));
        return wanted(host, Published.NOTHING).stream()
                .map(Planned::resource)
                .filter(resource -> through
                        ? !resource.spreads().contains(path)
                        : resource.way().filter(path::equals).isPresent())
                .map(Resource::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    List<Planned<?, ?>> wanted(Host host, Published published) {
        return wanted(host, published, Set.of(), Set.of());
    }

    /** With what these answers say is held. */
    List<Planned<?, ?>> wanted(Host host, Published published, Answers answers) {
        return wanted(host, published, Set.of(), held(host, answers).paths());
    }

    private List<Planned<?, ?>> wanted(Host host, Published published, Set<String> drained, Set<String> held) {
        Wanted last = wanted.get(host.name());
        if (last != null && last.isFor(published, drained, held)) return last.resources();
        List<Planned<?, ?>> resources = plan(new Scope(fabric, host, published, drained, held, secrets));
        wanted.put(host.name(), new Wanted(published, Set.copyOf(drained), Set.copyOf(held), resources));
        return resources;
    }

    private List<Planned<?, ?>> plan(Scope scope) {
        Host host = scope.host();
        try {
            return planner.plan(scope);
        } catch (Refused | UnreadableFacts e) {
            throw modules.refused(e);
        } catch (RuntimeException e) {
            throw modules.unexpected(host, "a mistake in a module, while it said what it wants", e);
        }
    }

    <T> T callModule(Host host, Planned<?, ?> planned, Supplier<T> work) {
        return modules.call(host, planned, work);
    }

    /** What is held on a host, as findings: it is no fault, and nothing else stands in where it is not. */
    List<Finding> heldFindings(Host host, Answers answers) {
        return held(host, answers).findings();
    }

    /** A refusal for an exception that is a defect of linkctl. */
    Refused unexpected(Host host, String what, RuntimeException e) {
        return modules.unexpected(host, what, e);
    }

    void trace(Host host, String text) {
        modules.trace(host, text);
    }

    String redacted(String text) {
        return modules.redacted(text);
    }

    /** From now on the secrets in these answers are redacted in all messages. */
    void redact(Answers answers) {
        modules.redact(answers);
    }
}
