package org.linkctl.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Sysctl;
import org.linkctl.spi.Abilities;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Module;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Published;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** Asks every module what it wants on a host and puts the answers into an order in which they can be made. */
public final class Planner {
    private final List<Module<?, ?>> modules;
    private final Predicate<Scope> wants;

    public Planner(List<? extends Module<?, ?>> modules) {
        this(modules, scope -> true);
    }

    private Planner(List<? extends Module<?, ?>> modules, Predicate<Scope> wants) {
        this.modules = List.copyOf(modules);
        this.wants = wants;
    }

    /** The same modules for a host on which nothing is wanted any more, not even packages. */
    public Planner wantingNothing() {
        return new Planner(modules, scope -> false);
    }

    public ModuleNames moduleNames() {
        return ModuleNames.of(modules);
    }

    /**
     * Everything wanted on the scope's host, needs before what needs them, otherwise in the modules' order.
     *
     * <p>A module that refuses to say what it wants stands there as one resource of its own name, which refuses everything.
     *
     * @throws Refused where something is declared for the host and no module is for its OS: it would seem converged
     * @throws IllegalStateException where two resources have one id, or need each other: a mistake in a module
     */
    public List<Planned<?, ?>> plan(Scope scope) {
        if (!wants.test(scope)) return List.of();
        Map<String, Planned<?, ?>> byId = new LinkedHashMap<>();
        for (Module<?, ?> module : of(scope.host())) collect(module, scope, byId);
        if (byId.isEmpty() && declares(scope.fabric(), scope.host())) {
            throw new Refused("nothing that is declared for it can be made: linkctl has no modules for "
                    + scope.host().os() + " hosts yet");
        }
        Map<String, List<Planned<?, ?>>> providers = new LinkedHashMap<>();
        for (Planned<?, ?> planned : byId.values()) {
            for (String provided : planned.resource().provides()) {
                providers.computeIfAbsent(provided, key -> new ArrayList<>()).add(planned);
            }
        }
        Set<Planned<?, ?>> ordered = new LinkedHashSet<>();
        for (Planned<?, ?> planned : byId.values()) place(planned, providers, ordered, new LinkedHashSet<>());
        return List.copyOf(ordered);
    }

    /** The modules of a system that can say what a host has, by name. */
    public Map<String, Imported> importing(Os os) {
        Map<String, Imported> out = new LinkedHashMap<>();
        for (Module<?, ?> module : modules)
            if (module.system() == os && module instanceof Imported imported) out.put(module.name(), imported);
        return out;
    }

    /**
     * The absence of things that were made and are wanted no more: what was made last goes first.
     *
     * @param gone in the order in which they were made
     * @return only what can go: neither what an unknown module made, nor what {@code how} lets stay
     */
    public List<Planned<?, ?>> absences(Scope scope, List<Owned> gone, Undeclared how) {
        List<Planned<?, ?>> out = new ArrayList<>();
        if (how == Undeclared.FORGOTTEN) return out;
        for (Owned owned : gone.reversed()) {
            for (Module<?, ?> module : modules) {
                if (module.name().equals(owned.module()))
                    absence(module, scope, owned, how).ifPresent(out::add);
            }
        }
        return out;
    }

    private static <R extends Resource, F extends Record> Optional<Planned<?, ?>> absence(
            Module<R, F> module, Scope scope, Owned owned, Undeclared how) {
        Abilities<R, F> abilities = new Abilities<>(module);
        if (abilities.irreplaceable() && how != Undeclared.PURGED) return Optional.empty();
        return abilities.absent(scope, owned).map(want -> new Planned<>(module, want));
    }

    /**
     * The secrets that are wanted on these hosts by these modules, each reference once, in the order of the inventory.
     * A host that nothing can be planned for wants none: its own plan says why.
     */
    public List<SecretRef> secrets(Fabric fabric, Predicate<Host> hosts, Predicate<String> modules) {
        Set<SecretRef> out = new LinkedHashSet<>();
        for (Host host : fabric.hosts()) {
            if (!hosts.test(host)) continue;
            for (Module<?, ?> module : of(host)) {
                if (modules.test(module.name()))
                    out.addAll(secrets(module, new Scope(fabric, host, Published.NOTHING)));
            }
        }
        return out.stream().sorted(Comparator.comparing(SecretRef::at)).toList();
    }

    /** Those that are for the host's system. */
    private List<Module<?, ?>> of(Host host) {
        return modules.stream().filter(module -> module.system() == host.os()).toList();
    }

    private static List<SecretRef> secrets(Module<?, ?> module, Scope scope) {
        try {
            return module.want(scope).stream()
                    .flatMap(want -> want.secrets().stream())
                    .toList();
        } catch (Refused e) {
            return List.of();
        }
    }

    private static boolean declares(Fabric fabric, Host host) {
        return fabric.links(host).stream().anyMatch(link -> link.made() || link.dhcp() != null)
                || !fabric.of(Sysctl.class, host).isEmpty()
                || fabric.hasWireguard(host)
                || !fabric.addresses(host).isEmpty()
                || (host.gateway() != null
                        && (!fabric.routesAt(host.site()).isEmpty()
                                || !fabric.hubs().isEmpty()));
    }

    private static <R extends Resource, F extends Record> void collect(
            Module<R, F> module, Scope scope, Map<String, Planned<?, ?>> byId) {
        List<R> wants;
        try {
            wants = module.want(scope);
        } catch (Refused e) {
            byId.put(
                    module.name(),
                    new RefusedWants(module.name(), module.system(), String.valueOf(e.getMessage())).planned());
            return;
        }
        for (R want : wants) {
            if (byId.put(want.id(), new Planned<>(module, want)) != null) {
                throw new IllegalStateException(scope.host().name() + ": two resources with the id " + want.id());
            }
        }
    }

    private static void place(
            Planned<?, ?> planned,
            Map<String, List<Planned<?, ?>>> providers,
            Set<Planned<?, ?>> ordered,
            Set<Planned<?, ?>> above) {
        if (ordered.contains(planned)) return;
        if (!above.add(planned)) {
            throw new IllegalStateException("these need each other: "
                    + above.stream().map(one -> one.resource().id()).toList());
        }
        // A set has another order in each run of Java; hosts remember this one.
        for (String need : new TreeSet<>(planned.resource().needs())) {
            for (Planned<?, ?> provider : providers.getOrDefault(need, List.of())) {
                if (provider != planned) place(provider, providers, ordered, above);
            }
        }
        above.remove(planned);
        ordered.add(planned);
    }
}
