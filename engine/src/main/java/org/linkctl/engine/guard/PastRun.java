package org.linkctl.engine.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that changed a host, as that host remembers it.
 *
 * @param id begins with the time at which it began, by the clock of whoever ran it; the host knows the order
 * @param state {@code armed}, {@code confirmed}, {@code undoing}, {@code undone}
 * @param told whether anybody was told that it was undone
 * @param why it was undone; empty where it was not
 * @param about who ran it, from where, with what
 */
public record PastRun(String id, String state, boolean told, String why, Map<String, String> about) {
    /** As the guard puts it at the end of its reason. */
    private static final String MISSED = "not undone: ";

    public boolean confirmed() {
        return state.equals("confirmed");
    }

    /** It is neither confirmed nor undone yet. */
    boolean waits() {
        return state.equals("armed") || state.equals("undoing");
    }

    /** It came to nothing: the guard was not armed yet. */
    public boolean idle() {
        return state.isEmpty();
    }

    /** It was undone, but not all of it could be. */
    public boolean partly() {
        return undone() && why.contains(MISSED);
    }

    /** What could not be undone; empty where all of it was. */
    public String missed() {
        return partly()
                ? why.substring(why.lastIndexOf(MISSED) + MISSED.length()).strip()
                : "";
    }

    /** Who ran it; empty where that was not kept. */
    public String who() {
        return about.getOrDefault("who", "");
    }

    /** The name of the fabric whose inventory it applied; empty where that was not kept. */
    public String fabric() {
        return about.getOrDefault("fabric", "");
    }

    /** What it changed that is not the host's alone; empty where linkctl did not keep that yet. */
    public Optional<Touched> touched() {
        return Touched.noted(about) ? Optional.of(Touched.read(about)) : Optional.empty();
    }

    public boolean undone() {
        return state.equals("undone");
    }

    /** Reads what {@code guard status} prints; lines that are none are left out. */
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
