package org.linkctl.cli;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.StringReader;
import java.util.Set;
import org.linkctl.cli.io.Output;
import org.linkctl.cli.io.Terminal;

/**
 * A training run for the launcher's AOT cache (JEP 514): what is loaded here is loaded at each start from then on, so
 * that only what every start needs belongs here, and no host.
 */
public final class WarmUp {
    private WarmUp() {}

    /** @param inventories to be checked */
    public static void main(String[] inventories) {
        run("--help");
        run("version");
        run("check", "--no-such-option");
        for (String inventory : inventories) run("check", inventory);
    }

    private static void run(String... args) {
        Terminal nowhere = new Terminal(
                new BufferedReader(new StringReader("")),
                Output.of(OutputStream.nullOutputStream()),
                Output.of(OutputStream.nullOutputStream()),
                Set.of(),
                80,
                System.getenv());
        Main.run(nowhere, args);
    }
}
