package org.linkctl.spi;

/**
 * What {@code linkctl doctor} says of one thing on a host: whether it would be in the way of what is declared.
 *
 * @param subject what it is about, in a few words, such as {@code clock}
 * @param cure what the user can do about it, a sentence without a full stop; empty where nothing has to be done
 */
public record Diagnosis(State state, String subject, String text, String cure) {
    public enum State {
        FINE,
        /** It need not be in the way, or that could not be found out. */
        DOUBTFUL,
        /** Something that is declared will not work, or cannot be made, until it is cured. */
        IN_THE_WAY,
        /** It was not looked at; the text says why. */
        NOT_ASKED
    }

    public static Diagnosis fine(String subject, String text) {
        return new Diagnosis(State.FINE, subject, text, "");
    }

    public static Diagnosis doubtful(String subject, String text, String cure) {
        return new Diagnosis(State.DOUBTFUL, subject, text, cure);
    }

    public static Diagnosis inTheWay(String subject, String text, String cure) {
        return new Diagnosis(State.IN_THE_WAY, subject, text, cure);
    }

    public static Diagnosis notAsked(String subject, String why) {
        return new Diagnosis(State.NOT_ASKED, subject, why, "");
    }
}
