package org.linkctl.engine.script;

import java.time.Duration;

/**
 * What a script may take. Everything a host sends is bounded, so that an endless one cannot fill this machine.
 *
 * @param command how long one command may run before the host itself ends it
 * @param look how often the host looks whether a command is still the same one, in whole seconds
 * @param answer bytes of one stream of one command
 * @param session bytes of all streams together
 * @param noise bytes that login scripts may print before the first frame
 */
public record Limits(Duration command, Duration look, int answer, long session, int noise) {
    public static final int MIB = 1 << 20;

    /** Bytes a second that come in at least, or an answer is given up as one that never ends. */
    public static final int PACE = 4096;

    private static final int LOOKS = 5;

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(5);

    public static Limits of(Duration command) {
        Duration look = Duration.ofSeconds(Math.max(1, command.toSeconds() / LOOKS));
        return new Limits(command, look, MIB, 64L * MIB, MIB / 16);
    }

    /** The same for commands that may run longer. */
    public Limits lasting(Duration longer) {
        return new Limits(longer, look, answer, session, noise);
    }

    /** After how many looks a command is ended. */
    long looks() {
        return Math.max(1, command.dividedBy(look));
    }

    /** After how long without a word the whole script is given up: the host's own watcher has failed by then. */
    public Duration silence() {
        Duration thrice = command.multipliedBy(3);
        return thrice.compareTo(LEAST_SILENCE) < 0 ? LEAST_SILENCE : thrice;
    }

    /**
     * After how long the script is given up though words keep coming, without the time for {@link #PACE}.
     *
     * @param commands of how many it is awaited that they run to their limit
     */
    Duration whole(int commands) {
        return silence().plus(command.plus(look.multipliedBy(2)).multipliedBy(commands));
    }

    /** How it is said that a stream was longer than {@link #answer}. */
    String tooMuch() {
        return "more than " + (answer >= MIB ? answer / MIB + " MiB" : answer + " bytes")
                + ", which is the most that is read of one file or command";
    }
}
