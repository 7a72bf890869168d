package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.linkctl.lab.HostStatus;
import org.linkctl.lab.Lab;
import org.linkctl.lab.Topologies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Real hosts to try things on: {@code lab up}, {@code status}, {@code ssh}, {@code down}. */
@Command(
        name = "lab",
        description = {
            "Boots real Debian hosts under QEMU on this machine: two sites, a bond, a switch that speaks LACP.",
            "",
            "The image is built once from Debian's packages and cached. inventories/lab.groovy is written for these hosts."
        },
        footer = {
            "",
            "Example:",
            "  linkctl lab up",
            "  linkctl apply inventories/lab.groovy -F ~/.cache/linkctl/lab/run/ssh_config",
            "  linkctl lab ssh a-gw",
            "  linkctl lab down"
        })
final class LabCommand {
    private final Session session;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli looks at the annotation alone
    private boolean help;

    LabCommand(Session session) {
        this.session = session;
    }

    /** Where the one lab that the command line knows keeps its files. */
    static Path folder() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("linkctl").resolve("lab").resolve("run");
    }

    @Command(name = "up", description = "Boot the hosts a-gw, a-app, b-gw and the switch between them.")
    int up(
            @Option(names = "--members", defaultValue = "3", description = "Ports of a-gw's bond, 1 to 8 (3).")
                    int members) {
        Lab lab = Lab.up(Topologies.twoSites(members, Topologies.Nat.SITE_A), folder(), this::tell);
        session.print("The hosts are up. Next:\n  linkctl apply inventories/lab.groovy -F " + lab.sshConfig() + "\n");
        return Exit.OK;
    }

    @Command(name = "status", description = "How the hosts are.")
    int status() {
        for (HostStatus host : Lab.attach(folder()).status()) {
            String state = host.answers() ? "answers" : host.running() ? "runs, does not answer" : "is down";
            session.print(String.format("%-8s %s, port %d%n", host.name(), state, host.port()));
        }
        return Exit.OK;
    }

    @Command(name = "ssh", description = "A shell on a host, or one command there.")
    int ssh(
            @Parameters(paramLabel = "HOST", description = "a-gw, a-app, b-gw or sw") String host,
            @Parameters(paramLabel = "WORD", arity = "0..*", description = "The command.") List<String> words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Lab.attach(folder()).sshCommand(host));
        if (words != null) command.addAll(words);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Command(name = "down", description = "End the hosts; the image stays.")
    int down() {
        Lab.attach(folder()).down();
        session.print("The hosts are gone.\n");
        return Exit.OK;
    }

    private void tell(String line) {
        session.tell(line + "\n");
    }
}
