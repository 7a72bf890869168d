package org.linkctl.engine.script;

import java.time.Duration;

/**
 * Limits of a script. All that a host sends is bounded, so that an endless reply cannot fill this machine.
 *
 * @param command how long one command may run before the host itself ends it
 * @param checkInterval how often the host checks whether a command still runs, in whole seconds
 * @param answer bytes of one stream of one command
 * @param session bytes of all streams together
 * @param noise bytes that a login may print before the first frame
 */
public record Limits(Duration command, Duration checkInterval, int answer, long session, int noise) {
    public static final int MIB = 1 << 20;

    /** Bytes a second: an answer that comes more slowly gets no additional time. */
    public static final int MIN_RATE = 4096;

    private static final int CHECKS = 5;

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(5);

    public static Limits of(Duration command) {
        Duration checkInterval = Duration.ofSeconds(Math.max(1, command.toSeconds() / CHECKS));
        return new Limits(command, checkInterval, MIB, 64L * MIB, MIB / 16);
    }

    /** The same limits with another timeout for commands. */
    public Limits withCommandTimeout(Duration longer) {
        return new Limits(longer, checkInterval, answer, session, noise);
    }

    /** After how many checks a command is ended. */
    long checks() {
        return Math.max(1, command.dividedBy(checkInterval));
    }

    /** After how long without a byte the script is given up: the timeout on the host has failed by then. */
    public Duration silence() {
        Duration thrice = command.multipliedBy(3);
        return thrice.compareTo(LEAST_SILENCE) < 0 ? LEAST_SILENCE : thrice;
    }

    /**
     * After how long the script is given up although bytes keep coming, without the time for {@link #MIN_RATE}.
     *
     * @param commands how many of them are expected to run to their limit
     */
    Duration total(int commands) {
        return silence().plus(command.plus(checkInterval.multipliedBy(2)).multipliedBy(commands));
    }

    /** The message for a stream that was longer than {@link #answer}. */
    String tooLongMessage() {
        return "more than " + (answer >= MIB ? answer / MIB + " MiB" : answer + " bytes")
                + ", which is the most that is read of one file or command";
    }
}
