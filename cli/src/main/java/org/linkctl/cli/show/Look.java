package org.linkctl.cli.show;

/**
 * How a text shall look.
 *
 * @param width columns; prose and tables keep within them, diffs do not
 */
public record Look(Paint paint, int width, Detail detail) {
    public enum Detail {
        /** What will differ. */
        CHANGES,
        /** Also the commands that make the difference. */
        STEPS
    }

    public static final Look PLAIN = new Look(Paint.PLAIN, 100, Detail.CHANGES);
}
