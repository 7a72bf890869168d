package org.linkctl.spi;

/** What `linkctl verify` says of one thing: is it in health? */
public record Finding(Health health, String subject, String text) {
    public enum Health {
        GOOD,
        DOUBTFUL,
        BAD
    }

    public static Finding good(String subject, String text) {
        return new Finding(Health.GOOD, subject, text);
    }

    public static Finding doubtful(String subject, String text) {
        return new Finding(Health.DOUBTFUL, subject, text);
    }

    public static Finding bad(String subject, String text) {
        return new Finding(Health.BAD, subject, text);
    }
}
