package org.linkctl.cli.show;

import java.util.EnumSet;
import java.util.Set;

/**
 * How a text is laid out.
 *
 * @param width columns, for prose and tables; diffs are not wrapped
 * @param details what is shown beside the changes themselves
 */
public record TextStyle(Paint paint, int width, Set<Detail> details) {
    public enum Detail {
        /** The content of files and long values, line by line. */
        DIFF,
        /** The steps. */
        STEPS
    }

    public static final TextStyle PLAIN = new TextStyle(Paint.PLAIN, 100, Set.of());

    public TextStyle {
        details = Set.copyOf(details);
    }

    boolean shows(Detail detail) {
        return details.contains(detail);
    }

    /** The same style with one more detail. */
    public TextStyle with(Detail detail) {
        EnumSet<Detail> more = EnumSet.of(detail);
        more.addAll(details);
        return new TextStyle(paint, width, more);
    }
}
