package org.linkctl.modules.hostusers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.UnreadableFacts;

/**
 * A file of authorized keys in two parts: lines of others, which stay as they are, and those between two marks, which are
 * linkctl's.
 */
public record OwnKeys(List<String> others, List<String> own) {
    static final String BEGIN = "# linkctl: keys of the inventory, begin";
    static final String END = "# linkctl: keys of the inventory, end";

    public OwnKeys {
        others = List.copyOf(others);
        own = List.copyOf(own);
    }

    /** @throws UnreadableFacts where one of the marks is missing */
    static OwnKeys read(String path, @Nullable String text) {
        List<String> others = new ArrayList<>();
        List<String> own = new ArrayList<>();
        boolean inside = false;
        for (String line : text == null ? List.<String>of() : lines(text)) {
            if (line.equals(BEGIN) || line.equals(END)) {
                if (inside == line.equals(BEGIN)) throw broken(path);
                inside = !inside;
            } else (inside ? own : others).add(line);
        }
        if (inside) throw broken(path);
        return new OwnKeys(others, own);
    }

    /** A carriage return is part of somebody else's line. */
    private static List<String> lines(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        return lines.getLast().isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
    }

    private static UnreadableFacts broken(String path) {
        return new UnreadableFacts(
                path + ": of linkctl's two marks one is missing: which keys are whose cannot be told");
    }

    /** The text with other keys of linkctl's; null: nothing is left of it. */
    @Nullable
    String with(List<String> keys) {
        List<String> lines = new ArrayList<>(others);
        if (!keys.isEmpty()) {
            lines.add(BEGIN);
            lines.addAll(keys);
            lines.add(END);
        }
        return lines.isEmpty() ? null : String.join("\n", lines) + "\n";
    }

    /** Whether anybody can log in by a key then. */
    boolean leavesAny(List<String> keys) {
        return !keys.isEmpty() || others.stream().anyMatch(line -> !line.isBlank() && !line.startsWith("#"));
    }
}
