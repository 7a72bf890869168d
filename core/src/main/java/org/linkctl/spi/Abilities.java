package org.linkctl.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a module says by the interfaces that not every module has, and what counts where it has not the interface: the one
 * place that asks for them.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public record Abilities<R extends Resource, F extends Record>(Module<R, F> module) {
    /** Nothing is kept of a resource whose module is not {@link Remembered}. */
    public Optional<Memory> memory(R want, F have, Optional<Memory> before) {
        return module instanceof Remembered<R, F> remembered ? remembered.memory(want, have, before) : Optional.empty();
    }

    public Optional<R> absent(Scope scope, Owned owned) {
        return module instanceof Remembered<R, F> remembered ? remembered.absent(scope, owned) : Optional.empty();
    }

    public List<String> adopts(R want, F have) {
        return module instanceof Remembered<R, F> remembered ? remembered.adopts(want, have) : List.of();
    }

    public boolean irreplaceable() {
        return module instanceof Remembered<R, F> remembered && remembered.irreplaceable();
    }

    /** Where it is not {@link Examined}, nothing is asked beside {@link Module#probe}. */
    public List<Question<?>> examine(R want) {
        return module instanceof Examined<R, F> examined ? examined.examine(want) : List.of();
    }

    public List<Finding> findings(R want, F have, Answers answers) {
        return module instanceof Examined<R, F> examined ? examined.findings(want, have, answers) : List.of();
    }

    /** Where it is not {@link Diagnosed}, nothing is asked beside {@link Module#probe}. */
    public List<Question<?>> diagnose(R want) {
        return module instanceof Diagnosed<R, F> diagnosed ? diagnosed.diagnose(want) : List.of();
    }

    public List<Diagnosis> diagnoses(R want, F have, Answers answers) {
        return module instanceof Diagnosed<R, F> diagnosed ? diagnosed.diagnoses(want, have, answers) : List.of();
    }

    public Published.Values publish(R want, F have) {
        return module instanceof Publishes<R, F> publishes ? publishes.publish(want, have) : Published.Values.NONE;
    }

    /** Where it is not {@link Partnered}, those that the resource names. */
    public Set<String> partners(R want, F have) {
        return module instanceof Partnered<R, F> partnered ? partnered.partners(want, have) : want.partners();
    }

    public List<String> warnings(R want, F have) {
        return module instanceof Warns<R, F> warns ? warns.warnings(want, have) : List.of();
    }

    public List<Question<?>> beforeDraining(R want) {
        return module instanceof Drainable<R, F> drainable ? drainable.beforeDraining(want) : List.of();
    }

    public List<Drainable.Shared> shared(R want, F have, Answers answers) {
        return module instanceof Drainable<R, F> drainable ? drainable.shared(want, have, answers) : List.of();
    }

    /** Where it is not {@link Existing}: whether no change makes a state out of nothing. */
    public boolean exists(R want, F have) {
        return module instanceof Existing<R, F> existing
                ? existing.exists(want, have)
                : module.diff(want, have).stream()
                        .noneMatch(change -> change.kind() == Change.Kind.STATE && change.before() == null);
    }

    public boolean guarded() {
        return !(module instanceof Unguarded<R, F>);
    }

    /** @throws Refused where it is not {@link Rendered} */
    public F bare(R want) {
        if (module instanceof Rendered<R, F> rendered) return rendered.bare(want);
        throw new Refused(want.id() + ": what a bare host has is not known of " + module.name());
    }
}
