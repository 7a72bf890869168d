package org.linkctl.engine.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The guard's program as hosts keep it: one file for sh(1), which is written here in parts, a subject each. */
final class GuardProgram {
    /** In their order: the first one says what all is about, the last one does what it was called for. */
    private static final List<String> PARTS =
            List.of("start", "lists", "network", "restore", "undo", "armed", "lock", "commands");

    private GuardProgram() {}

    static String text() {
        return PARTS.stream().map(part -> read(part + ".sh")).collect(Collectors.joining("\n"));
    }

    private static String read(String name) {
        try (InputStream in = GuardProgram.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException(name + " is not in this build");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
