package org.linkctl.engine.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The guard's program as it is installed on hosts: one file for sh(1), put together from parts with a subject each. */
final class GuardProgram {
    /** In order: {@code start} explains the whole and sets the variables, {@code commands} dispatches the command. */
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
