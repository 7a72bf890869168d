package org.linkctl.dsl;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/** The text of the files of one inventory, and where in it the running script is. */
final class Sources {
    private static final StackWalker WALKER = StackWalker.getInstance();

    private final Map<String, List<String>> lines = new HashMap<>();

    void add(String file, String text) {
        lines.put(file, text.lines().toList());
    }

    @Nullable
    String line(Place at) {
        List<String> text = lines.get(at.file());
        return text == null || at.line() < 1 || at.line() > text.size() ? null : text.get(at.line() - 1);
    }

    Call here() {
        return WALKER.walk(frames -> frames.flatMap(frame -> lines.keySet().stream()
                        .filter(file -> Path.of(file).endsWith(String.valueOf(frame.getFileName())))
                        .map(file -> Call.at(new Place(file, frame.getLineNumber(), 0))))
                .findFirst()
                .orElseThrow());
    }
}
