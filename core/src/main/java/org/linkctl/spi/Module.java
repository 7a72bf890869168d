package org.linkctl.spi;

import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.shell.Step;

/**
 * One thing that linkctl can configure on one operating system. Reading, deciding and acting are apart, and all of it here
 * is pure: a module gets values and returns values. Modules are found through {@link java.util.ServiceLoader}.
 *
 * <p>This is what every module has. What some have beside it, each an interface of its own: {@link Remembered} and taken
 * away again, {@link Examined} for its health,
 * {@link Diagnosed} for what is in its way, {@link Publishes} what other hosts need, {@link Partnered} with other hosts,
 * {@link Warns} of what no change says, {@link Existing} in another way than by its changes, {@link Unguarded}, and
 * {@link Rendered} for a host that nobody asks. {@link Abilities} knows what counts for a module without one of them.
 *
 * @param <R> what is wanted; a record
 * @param <F> what was found; a record
 */
public interface Module<R extends Resource, F extends Record> {
    /** The system and the thing, such as {@code linux.bond}: as plans, {@code --only} and the case folders name it. */
    String name();

    /** The system that it configures. It is asked for hosts of that system only. */
    Os system();

    /**
     * What a host of its system shall hold; empty where there is nothing to do.
     *
     * @throws Refused where what is declared cannot be made on that host
     */
    List<R> want(Scope scope);

    /** Read-only questions. They must not depend on what other hosts published: they are asked once. */
    List<Question<?>> probe(R want);

    /**
     * What the answers mean.
     *
     * @throws UnreadableFacts rather than a guess
     */
    F facts(R want, Answers answers);

    /**
     * What differs; empty means converged.
     *
     * @throws Refused where the host is run by something this module cannot configure
     */
    List<Change> diff(R want, F have);

    /** How to make the changes, in order. No changes, no steps. */
    List<Step> steps(R want, F have, List<Change> changes);
}
