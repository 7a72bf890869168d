package org.linkctl.engine.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that changed a host, as that host recorded it.
 *
 * @param id begins with the time at which it began, by the clock of the machine that ran linkctl; the order is the
 *     host's own
 * @param state {@code armed}, {@code confirmed}, {@code undoing}, {@code undone}
 * @param reported whether a user was told that it was undone
 * @param why it was undone; empty where it was not
 * @param about who ran it, from where, with which inventory
 */
public record PastRun(String id, String state, boolean reported, String why, Map<String, String> about) {
    /** What the guard puts before the steps that it could not undo. */
    private static final String MISSED = "not undone: ";

    public boolean confirmed() {
        return state.equals("confirmed");
    }

    /** Whether it is neither confirmed nor undone yet. */
    boolean pending() {
        return state.equals("armed") || state.equals("undoing");
    }

    /** Whether it ended before the guard was armed. */
    public boolean neverArmed() {
        return state.isEmpty();
    }

    /** Whether some of its steps could not be undone. */
    public boolean partlyUndone() {
        return undone() && why.contains(MISSED);
    }

    /** The steps that could not be undone; empty where all were. */
    public String notUndone() {
        return partlyUndone()
                ? why.substring(why.lastIndexOf(MISSED) + MISSED.length()).strip()
                : "";
    }

    /** Who ran it; empty where that is not recorded. */
    public String who() {
        return about.getOrDefault("who", "");
    }

    /** The name of the fabric that it applied; empty where that is not recorded. */
    public String fabric() {
        return about.getOrDefault("fabric", "");
    }

    /** What it changed that concerns other hosts too; empty where an old version of linkctl did not record it. */
    public Optional<SharedChanges> touched() {
        return SharedChanges.isRecorded(about) ? Optional.of(SharedChanges.read(about)) : Optional.empty();
    }

    public boolean undone() {
        return state.equals("undone");
    }

    /** Reads the output of {@code guard status}; other lines are skipped. */
    static List<PastRun> read(String output) {
        List<PastRun> out = new ArrayList<>();
        for (String line : output.lines().toList()) {
            List<String> fields = List.of(line.split("\t", -1));
            if (fields.size() < 4) continue;
            Map<String, String> about = new LinkedHashMap<>();
            for (String field : fields.subList(4, fields.size())) {
                int at = field.indexOf('=');
                if (at > 0) about.put(field.substring(0, at), field.substring(at + 1));
            }
            out.add(new PastRun(fields.get(0), fields.get(1), fields.get(2).equals("told"), fields.get(3), about));
        }
        return List.copyOf(out);
    }
}
