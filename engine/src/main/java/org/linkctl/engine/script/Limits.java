package org.linkctl.engine.script;

import java.time.Duration;

/**
 * What a script may take. Everything a host sends is bounded, so that an endless one cannot fill this machine.
 *
 * @param command how long one command may run before the host itself ends it
 * @param answer bytes of one stream of one command
 * @param session bytes of all streams together
 * @param noise bytes that login scripts may print before the first frame
 */
public record Limits(Duration command, int answer, long session, int noise) {
    public static final int MIB = 1 << 20;

    /** How often the host looks whether a command is still the same one. */
    private static final int LOOKS = 5;

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(5);

    public static Limits of(Duration command) {
        return new Limits(command, MIB, 64L * MIB, MIB / 16);
    }

    /** Seconds between two looks of the host's watcher, at least one. */
    int poll() {
        return (int) Math.max(1, command.toSeconds() / LOOKS);
    }

    /** After how many looks a command is ended. */
    int polls() {
        return (int) Math.max(1, command.toSeconds() / poll());
    }

    /** After how long without a word the whole script is given up: the host's own watcher has failed by then. */
    public Duration silence() {
        Duration thrice = command.multipliedBy(3);
        return thrice.compareTo(LEAST_SILENCE) < 0 ? LEAST_SILENCE : thrice;
    }

    /** How it is said that a stream was longer than {@link #answer}. */
    String tooMuch() {
        return answer >= MIB ? "more than " + answer / MIB + " MiB" : "more than " + answer + " bytes";
    }
}
