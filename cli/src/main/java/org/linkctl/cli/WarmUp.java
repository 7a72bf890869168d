package org.linkctl.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.linkctl.cli.context.Installation;
import org.linkctl.cli.io.Terminal;

/**
 * A training run for the launcher's AOT cache (JEP 514): loads the classes that most commands need, without any host.
 */
public final class WarmUp {
    private WarmUp() {}

    public static void main(String[] args) throws IOException {
        Terminal nowhere = new Terminal(
                new BufferedReader(new StringReader("")),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                Set.of(),
                80,
                Map.of());
        Cli cli = new Cli(nowhere, Installation.installed());
        Path folder = Files.createTempDirectory("linkctl-warm-up");
        try {
            cli.run("--help");
            cli.run("plan", "--help");
            for (String inventory : args) {
                cli.run("check", inventory);
                cli.run("render", inventory, "-o", folder.toString());
            }
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
