package org.linkctl.spi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.shell.Question;
import org.linkctl.shell.Step;

/**
 * One thing that linkctl can configure. Reading, deciding and acting are apart, and all of it here is pure: a module
 * gets values and returns values. An implementation is one file, found through {@link java.util.ServiceLoader}.
 *
 * @param <R> what is wanted; a record
 * @param <F> what was found; a record
 */
public interface Module<R extends Resource, F extends Record> {
    /** The OS and the thing, such as {@code linux.bond}: as plans, {@code --only} and the case folders name it. */
    String name();

    /** What this host shall hold; empty where the module is for another OS or there is nothing to do. */
    List<R> want(Scope scope);

    /** Read-only questions. They must not depend on what other hosts published: they are asked once. */
    List<Question> probe(R want);

    /**
     * What the answers mean.
     *
     * @throws UnreadableFacts rather than a guess
     */
    F facts(R want, Answers answers);

    /**
     * What would be found on a host where nothing of this was configured yet, run by Debian with systemd-networkd:
     * what {@code linkctl render} starts from, which asks nobody.
     */
    F bare(R want);

    /**
     * What differs; empty means converged.
     *
     * @throws Refused where the host is run by something this module cannot configure
     */
    List<Change> diff(R want, F have);

    /**
     * Whether it is there already, however it may differ: what is there must be no worse after a change, and what is not
     * there carries no traffic yet.
     */
    default boolean exists(R want, F have) {
        return diff(want, have).stream()
                .noneMatch(change -> change.kind() == Change.Kind.STATE && change.before() == null);
    }

    /** How to make the changes, in order. No changes, no steps. */
    List<Step> steps(R want, F have, List<Change> changes);

    /**
     * Whether its steps can cut anybody off. Such steps are undone unless they are confirmed over a new connection; what
     * only adds something that nothing uses yet, such as packages, stays.
     */
    default boolean guarded() {
        return true;
    }

    /**
     * What the host has to keep of a resource, so that it can be taken away once no inventory declares it: written there
     * before anything is made. Once it was written, it stays as it is for as long as the same is wanted: what was found at
     * first is handed on from {@code before}.
     *
     * @param before what the host keeps of it now; empty where linkctl does not own it yet
     * @return empty where nothing lasts that would have to be taken away, or it goes with another resource
     */
    default Optional<Memory> memory(R want, F have, Optional<Memory> before) {
        return Optional.empty();
    }

    /**
     * The absence of something that {@link #memory} was kept of, as a thing to want, under the same id. Taking away what
     * somebody else has put in its place meanwhile is not part of it.
     *
     * @param scope whatever is still declared there stays
     */
    default Optional<R> absent(Scope scope, Owned owned) {
        return Optional.empty();
    }

    /** Whether what it makes could not be made again, such as keys: it stays unless the user says that it shall go. */
    default boolean irreplaceable() {
        return false;
    }

    /**
     * What of a resource is there already and was not made by linkctl, by path or name, as far as that can be told for
     * certain. Whoever lets linkctl go on is told.
     */
    default List<String> adopts(R want, F have) {
        return List.of();
    }

    /**
     * Other hosts that have to change in the same run, by what was found: a link whose ends differ would be lost. While one
     * of them is not part of the run, or fell out of it, the difference is shown and nothing is done.
     */
    default Set<String> partners(R want, F have) {
        return want.partners();
    }

    /**
     * What no change says and whoever lets linkctl go on has to know, in a sentence each: that a link gets weaker, that
     * somebody else's rules stop what is declared. Told, too, where nothing differs.
     */
    default List<String> warnings(R want, F have) {
        return List.of();
    }

    /** What other hosts need to know of what was found here. */
    default Published.Values publish(R want, F have) {
        return Published.Values.NONE;
    }

    /** Questions that tell whether the thing works, not only whether it is configured; for {@code linkctl verify}. */
    default List<Question> examine(R want) {
        return List.of();
    }

    /** What the answers to {@link #examine} and {@link #probe} say about its health. */
    default List<Finding> findings(R want, F have, Answers answers) {
        return List.of();
    }
}
