package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.SshTarget;
import org.linkctl.shell.Argv;

/** The user's ssh_config(5), as {@code ssh -G} resolves it for a host; ssh(1) opens no connection for that. */
final class SshConfig {
    private static final String MEND =
            "run it by hand, and mend what it names in your ssh_config, or give linkctl another one by -F";

    /** Match exec and canonical names may take long; a hanging one is refused. */
    private static final int SECONDS = 30;

    private final @Nullable Path file;
    private final Optional<SshConfigFiles> files;
    private final SharedAnswers shared = new SharedAnswers();
    private final Map<Destination, SshOptions> known = new ConcurrentHashMap<>();

    /** @param through jump hosts to use instead of those of ssh_config; empty: as it says */
    private record Destination(SshTarget target, List<String> through) {}

    /** Hosts that are asked about with the same words, but for the name, and that the configuration treats alike. */
    private record Kind(
            String patterns,
            @Nullable String user,
            @Nullable Integer port,
            List<String> through) {}

    /** @param file as {@code ssh -F} takes it; null: the user's own and the system's */
    SshConfig(@Nullable Path file) {
        this.file = file;
        this.files = SshConfigFiles.read(file, home());
    }

    SshOptions of(SshTarget target) {
        return of(target, List.of());
    }

    /**
     * @throws Unreachable where ssh(1) is missing, cannot read its configuration, or sets an option that linkctl does
     *     not support
     */
    SshOptions of(SshTarget target, List<String> through) {
        Destination destination = new Destination(target, List.copyOf(through));
        SshOptions options = known.get(destination);
        if (options != null) return options;
        Map<String, List<String>> values = valuesOf(destination);
        refuseUnknown(destination, values);
        SshKeywords.refuse(values);
        SshOptions read =
                new SshConfigParser(System.getenv(), home()).parse(values, target.host(), command(destination, values));
        known.put(destination, read);
        return read;
    }

    private Map<String, List<String>> valuesOf(Destination destination) {
        SshTarget target = destination.target();
        Supplier<Map<String, List<String>>> asking =
                () -> values(ask(words(destination, file == null ? null : file.toString())));
        return files.flatMap(all -> all.kind(target.host()))
                .map(patterns -> shared.of(
                        new Kind(patterns, target.user(), target.port(), destination.through()), target.host(), asking))
                .orElseGet(asking);
    }

    /** The output of {@code ssh -G}: a keyword and its value on each line. */
    static Map<String, List<String>> values(String text) {
        Map<String, List<String>> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int blank = line.indexOf(' ');
            if (blank > 0)
                values.computeIfAbsent(line.substring(0, blank).toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                        .add(line.substring(blank + 1));
        }
        return values;
    }

    /** Java sets {@code user.home} to {@code ?} for a user who is in no user database. */
    private static Path home() {
        Path home = Path.of(System.getProperty("user.home", ""));
        return home.isAbsolute() ? home : Path.of("/nonexistent");
    }

    private static void refuseUnknown(Destination destination, Map<String, List<String>> values) {
        if (values.keySet().stream().allMatch(SshKeywords::known)) return;
        unknownOption(values, values(ask(words(destination, "/dev/null")))).ifPresent(why -> {
            throw Unreachable.bySettings(why);
        });
    }

    /**
     * A keyword that linkctl does not know has to have the value that it has without any configuration.
     *
     * @param usual the output of {@code ssh -G} without configuration
     */
    static Optional<String> unknownOption(Map<String, List<String>> values, Map<String, List<String>> usual) {
        return values.entrySet().stream()
                .filter(entry -> !SshKeywords.known(entry.getKey()))
                .filter(entry -> !entry.getValue().equals(usual.get(entry.getKey())))
                .map(entry -> "ssh_config has " + entry.getKey() + " " + String.join(", ", entry.getValue())
                        + ", which linkctl does not know")
                .findFirst();
    }

    private static List<String> words(Destination destination, @Nullable String config) {
        SshTarget target = destination.target();
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        if (config != null) words.addAll(List.of("-F", config));
        if (!destination.through().isEmpty()) words.addAll(List.of("-J", String.join(",", destination.through())));
        if (target.port() != null) words.addAll(List.of("-p", target.port().toString()));
        if (target.user() != null) words.addAll(List.of("-l", target.user()));
        words.addAll(List.of("--", target.host()));
        return words;
    }

    /** The command line of ssh(1) that goes the same way and asks about an unknown key. */
    private String command(Destination destination, Map<String, List<String>> values) {
        List<String> words = words(destination, file == null ? null : file.toString());
        words.remove("-G");
        words.remove("--");
        List<String> asking = new ArrayList<>();
        if (!List.of("ask").equals(values.get("stricthostkeychecking")))
            asking.addAll(List.of("-o", "StrictHostKeyChecking=ask"));
        if (List.of("yes").equals(values.get("batchmode"))) asking.addAll(List.of("-o", "BatchMode=no"));
        words.addAll(1, asking);
        return words.stream().map(SshConfig::shown).collect(Collectors.joining(" "));
    }

    /** Quoted only where a shell needs it. */
    private static String shown(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./\\[\\]-]+") ? word : Argv.quote(word);
    }

    private static String ask(List<String> words) {
        String shown = "ssh -G " + words.getLast();
        try {
            LocalProgram.Answer answer = LocalProgram.run(words, SECONDS);
            if (answer.status() != 0) throw Unreachable.by(shown + ": " + answer.errors(), null, MEND);
            return answer.output();
        } catch (IOException e) {
            boolean missing = e.getMessage() != null && e.getMessage().contains("Cannot run program");
            throw missing
                    ? Unreachable.by(
                            "ssh(1) cannot be run, which is asked for your SSH settings: install openssh-client",
                            e,
                            "install openssh-client on this machine")
                    : Unreachable.by(shown + ": " + e.getMessage(), e, MEND);
        }
    }
}
