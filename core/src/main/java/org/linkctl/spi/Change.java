package org.linkctl.spi;

import org.jspecify.annotations.Nullable;

/**
 * One difference between what is wanted and what was found: a line of the plan.
 *
 * @param subject a path for a FILE; for a STATE what it is about, such as {@code bond0 xmit_hash_policy}
 * @param before null where there was nothing
 * @param after null where there shall be nothing
 */
public record Change(
        Kind kind,
        String subject,
        @Nullable String before,
        @Nullable String after,
        Traffic traffic) {
    public enum Kind {
        FILE,
        STATE
    }

    public enum Action {
        CREATE,
        UPDATE,
        DELETE
    }

    /** What carrying the change out does to traffic that flows now. */
    public enum Traffic {
        KEEPS,
        CUTS
    }

    /** Stands for a value that only a host can tell once it was configured. */
    public static final String UNKNOWN = "(known after apply)";

    public Change {
        if (before == null && after == null) throw new IllegalArgumentException("a change of nothing: " + subject);
    }

    public Action action() {
        if (before == null) return Action.CREATE;
        return after == null ? Action.DELETE : Action.UPDATE;
    }

    public static Change file(String path, @Nullable String before, @Nullable String after) {
        return new Change(Kind.FILE, path, before, after, Traffic.KEEPS);
    }

    public static Change state(String subject, @Nullable String before, @Nullable String after) {
        return new Change(Kind.STATE, subject, before, after, Traffic.KEEPS);
    }

    /** The same change, marked as one that interrupts traffic. */
    public Change cuts() {
        return new Change(kind, subject, before, after, Traffic.CUTS);
    }

    public boolean is(Kind kind, String subject) {
        return this.kind == kind && this.subject.equals(subject);
    }
}
