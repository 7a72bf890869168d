package org.linkctl.cli.show;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a text shall look.
 *
 * @param width columns; prose and tables keep within them, diffs do not
 * @param details what is shown beside the changes themselves
 */
public record Look(Paint paint, int width, Set<Detail> details) {
    public enum Detail {
        /** What is in files and in long values, line by line. */
        DIFF,
        /** The commands that make the difference. */
        STEPS
    }

    public static final Look PLAIN = new Look(Paint.PLAIN, 100, Set.of());

    public Look {
        details = Set.copyOf(details);
    }

    boolean shows(Detail detail) {
        return details.contains(detail);
    }

    /** The same with one more. */
    public Look with(Detail detail) {
        EnumSet<Detail> more = EnumSet.of(detail);
        more.addAll(details);
        return new Look(paint, width, more);
    }
}
