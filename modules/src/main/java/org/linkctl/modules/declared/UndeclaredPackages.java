package org.linkctl.modules.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Os;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Warns;

/**
 * Takes packages away that are no longer declared: those that linkctl installed for the inventory, and that no other package
 * needs. Their installation is another module's, whose steps come first and are not undone.
 */
public abstract class UndeclaredPackages
        implements Remembered<UndeclaredPackages.Want, UndeclaredPackages.Facts>,
                Rendered<UndeclaredPackages.Want, UndeclaredPackages.Facts>,
                Warns<UndeclaredPackages.Want, UndeclaredPackages.Facts> {
    private final Os system;

    protected UndeclaredPackages(Os system) {
        this.system = system;
    }

    /**
     * One package.
     *
     * @param declared it stays
     */
    public record Want(Os system, String name, boolean declared) implements Resource {
        @Override
        public String id() {
            return module(system) + "[" + name + "]";
        }

        /** What is made of it, or by it, goes before the package does. */
        @Override
        public Set<String> provides() {
            return Set.of("package:" + name);
        }
    }

    /**
     * What was found.
     *
     * @param noted the host notes that linkctl installed it
     * @param manager that has it, where a system has several
     * @param neededBy why it has to stay; empty: nobody needs it
     */
    public record Facts(boolean installed, boolean noted, String manager, String neededBy) {}

    /** The step that removes a package, and it alone. */
    protected abstract Step removal(Want want, Facts have);

    /** Whether linkctl itself needs a package for what the inventory declares now. */
    protected abstract boolean isNeeded(Scope scope, String name);

    private static String module(Os system) {
        return (system == Os.LINUX ? "linux" : "freebsd") + ".packages-undeclared";
    }

    @Override
    public final String name() {
        return module(system);
    }

    @Override
    public final Os system() {
        return system;
    }

    @Override
    public final List<Want> want(Scope scope) {
        Set<String> names = DeclaredPackages.names(scope);
        return names.stream().map(name -> new Want(system, name, true)).toList();
    }

    @Override
    public final Facts bare(Want want) {
        return new Facts(false, false, "", "");
    }

    @Override
    public final List<Change> diff(Want want, Facts have) {
        List<Change> out = new ArrayList<>();
        if (want.declared() || !have.noted()) return out;
        if (have.installed() && stays(want, have).isEmpty())
            out.add(Change.state("package " + want.name(), "installed", null));
        out.add(DeclaredPackages.ended(want.name()));
        return out;
    }

    @Override
    public final List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        for (Change change : changes) {
            out.add(change.kind() == Change.Kind.STATE ? removal(want, have) : new Step.RemoveFile(change.subject()));
        }
        return out;
    }

    @Override
    public final List<String> warnings(Want want, Facts have) {
        if (want.declared()
                || !have.noted()
                || !have.installed()
                || stays(want, have).isEmpty()) return List.of();
        return List.of("package " + want.name() + " stays: " + stays(want, have));
    }

    /** Why one that is there is not removed; empty: it is. */
    private static String stays(Want want, Facts have) {
        boolean reserved = ReservedPackages.has(want.name());
        return reserved ? "the login, or the network that it comes by, may depend on it" : have.neededBy();
    }

    /** One that was there before linkctl is nobody's to take away. */
    @Override
    public final Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        if (!want.declared()) return Optional.empty();
        return have.installed() && !have.noted() ? before : Optional.of(Memory.OWNED);
    }

    @Override
    public final Optional<Want> absent(Scope scope, Owned owned) {
        return isNeeded(scope, owned.name()) ? Optional.empty() : Optional.of(new Want(system, owned.name(), false));
    }
}
