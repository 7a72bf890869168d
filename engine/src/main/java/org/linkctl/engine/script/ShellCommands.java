package org.linkctl.engine.script;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Content;
import org.linkctl.shell.Step;
import org.linkctl.spi.Question;

/** Questions and steps as calls of the shell library; every word from an inventory or a host is quoted here. */
final class ShellCommands {
    /** Builtins for which not every system has a program of the same name. */
    private static final Set<String> BUILTINS = Set.of("command", "type", "ulimit", "umask");

    /** Commands that may start other processes, which have to be ended with them. */
    private static final Set<String> PARENTS = Set.of("sh", "/bin/sh");

    /**
     * Clients of daemons: what there is as long as the daemon was started since the host booted, and how the client ends where
     * it was not. nmcli(1), EXIT STATUS: 8. networkctl(1) has the names of files from what systemd-networkd keeps
     * (sd-network.c, sd_network_link_get_network_file).
     */
    private static final Map<String, String> DAEMONS =
            Map.of("nmcli", "/run/NetworkManager 8", "networkctl", "/run/systemd/netif/state 0");

    private ShellCommands() {}

    static String of(Question<?> question) {
        return switch (question) {
            case Question.Command(Argv argv) -> runner(argv) + " " + of(argv);
            case Question.ReadFile(String path) -> "lc_read " + path(path);
            case Question.ReadSecret(String path) -> "lc_read " + path(path);
        };
    }

    private static String runner(Argv argv) {
        if (builtin(argv)) return "lc_builtin";
        String daemon = DAEMONS.get(argv.words().getFirst());
        if (daemon != null) return "lc_ask_daemon " + daemon;
        return PARENTS.contains(argv.words().getFirst()) ? "lc_ask_group" : "lc_ask";
    }

    /** @param content the name of the function that prints a file's content */
    static String of(Step step, String content) {
        return switch (step) {
            case Step.Run(Argv argv, List<Argv> undo) -> (builtin(argv) ? "" : "lc_exec ") + of(argv);
            // Ten letters, by which the guard knows what a crash has left.
            case Step.PutFile put ->
                "lc_put " + path(put.path()) + " " + Argv.quote(put.mode()) + " " + content + " "
                        + ScriptWriter.random(5);
            case Step.SendFile _ -> throw new IllegalArgumentException("a file that is sent in scripts of its own");
            case Step.Link(String path, String target) -> "lc_link " + path(path) + " " + path(target);
            case Step.RemoveFile(String path) -> "lc_remove " + path(path);
            case Step.GenerateFile(String path, String mode, Argv producer) ->
                "lc_generate " + path(path) + " " + Argv.quote(mode) + " " + of(producer);
            case Step.WriteValue(String path, String value) -> "lc_write " + path(path) + " " + quote(value);
        };
    }

    static byte[] bytes(Content content) {
        return switch (content) {
            case Content.Plain(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case Content.Hidden(var secret) -> secret.reveal().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static boolean builtin(Argv argv) {
        return BUILTINS.contains(argv.words().getFirst());
    }

    private static String of(Argv argv) {
        if (argv.words().getFirst().startsWith("-"))
            throw new IllegalArgumentException("not the name of a command: " + argv);
        return String.join(" ", argv.words().stream().map(ShellCommands::quote).toList());
    }

    static String path(String path) {
        if (!path.startsWith("/")) throw new IllegalArgumentException("not an absolute path: " + path);
        if (path.indexOf('\0') >= 0) throw new IllegalArgumentException("a path holds a NUL");
        return quote(path);
    }

    /** Quotes one word. The script is sent byte by byte, so characters beyond ASCII become their UTF-8 bytes. */
    private static String quote(String word) {
        return new String(Argv.quote(word).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
