package org.linkctl.spi;

import org.jspecify.annotations.Nullable;

/**
 * One difference between what is wanted and what was found: a line of the plan.
 *
 * @param subject a path for a FILE; for a STATE what it is about, such as {@code bond0 xmit_hash_policy}
 * @param before null where there was nothing
 * @param after null where there shall be nothing
 * @param seconds how long it cuts traffic, about; null: not at all, or until something else is changed too
 */
public record Change(
        Kind kind,
        String subject,
        @Nullable String before,
        @Nullable String after,
        Traffic traffic,
        @Nullable Integer seconds) {
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
        /** It would be cut, and goes another way meanwhile. */
        MOVES,
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
        return new Change(Kind.FILE, path, before, after, Traffic.KEEPS, null);
    }

    public static Change state(String subject, @Nullable String before, @Nullable String after) {
        return new Change(Kind.STATE, subject, before, after, Traffic.KEEPS, null);
    }

    /** The same change, marked as one after which the traffic that flows now has to find another way. */
    public Change cuts() {
        return new Change(kind, subject, before, after, Traffic.CUTS, null);
    }

    /** The same change, marked as one that interrupts traffic for about so many seconds. */
    public Change cuts(int seconds) {
        return new Change(kind, subject, before, after, Traffic.CUTS, seconds);
    }

    /** The same change, where traffic has another way meanwhile. */
    public Change moves() {
        return isCut() ? new Change(kind, subject, before, after, Traffic.MOVES, null) : this;
    }

    public boolean isCut() {
        return traffic == Traffic.CUTS;
    }

    public boolean is(Kind kind, String subject) {
        return this.kind == kind && this.subject.equals(subject);
    }
}
