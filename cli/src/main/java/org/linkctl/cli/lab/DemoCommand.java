package org.linkctl.cli.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.io.Terminal;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.show.Paint;
import org.linkctl.lab.Lab;
import org.linkctl.lab.TemporaryLab;
import org.linkctl.lab.Topologies;
import org.linkctl.model.Fabric;
import org.linkctl.shell.Argv;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main use case from nothing, on virtual machines: the first thing for a new user. */
@Command(
        name = "demo",
        description = {
            DemoCommand.SUMMARY,
            "",
            "Everything runs on this machine, under QEMU, in some ten minutes without KVM. Nothing is left behind but"
                    + " the cached image and the record of its runs, on Ctrl-C as well. Packages that QEMU needs are named"
                    + " before they are installed, and stay."
        },
        footer = {"", "Example:", "  linkctl demo"},
        exitCodeList = {
            "0:the link was made, is healthy, and carries what it should",
            "1:an error, or the last measurement did not show that",
            "3-5:as `linkctl apply` and `linkctl verify` have them",
            "130:interrupted"
        })
public final class DemoCommand extends CommandWithHelp implements Callable<Integer> {
    /** The first line of its help, and its line in the list of all commands. */
    public static final String SUMMARY =
            "Boots a lab, applies inventories/lab.groovy to it, applies it again, and measures what the link carries.";

    private static final int MEMBERS = 3;

    private final CommandContext context;
    private final BiFunction<String, String[], Integer> linkctl;

    public DemoCommand(CommandContext context, BiFunction<String, String[], Integer> linkctl) {
        this.context = context;
        this.linkctl = linkctl;
    }

    @Override
    public Integer call() {
        Path inventory = inventory();
        say("1/5 lab: two sites with a switch and the internet between them, as virtual machines on this one.");
        try (TemporaryLab temporary = Lab.temporary(
                Topologies.twoSites(MEMBERS, Topologies.Nat.SITE_A), line -> context.message("   " + line + "\n"))) {
            return show(temporary.lab(), inventory);
        }
    }

    private int show(Lab lab, Path inventory) {
        String file = shortest(inventory);
        String ssh = lab.sshConfig().toString();
        String part = "2/5 apply";
        say(part
                + ": from bare hosts to the link that the inventory declares. --diff would show what is in the files.");
        int status = run(part, "apply", file, "-F", ssh, "--yes");
        if (status != ExitStatus.OK) return ended(part, status);
        part = "3/5 apply again";
        say(part + ": nothing differs, so nothing is done.");
        status = run(part, "apply", file, "-F", ssh, "--yes");
        if (status != ExitStatus.OK) return ended(part, status);
        part = "4/5 verify";
        say(part + ": does the network work?");
        status = run(part, "verify", file, "-F", ssh);
        if (status != ExitStatus.OK) return ended(part, status);
        part = "5/5 measure";
        say(part + ": what does the link carry? That is what `linkctl verify --throughput` tells.");
        if (!measure(part, lab, inventory)) return ended(part, ExitStatus.ERROR);
        say("""
            That was all of it. What to try next:
              ./linkctl lab up                  the same hosts, bare, to keep; it prints how to apply to them
              ./linkctl lab ssh a-gw            once they are converged: break something by hand,
                                                and see `plan` name it and `apply` mend it
              inventories/ecmp-planned.groovy   a first inventory for your own hosts\
            """);
        return ExitStatus.OK;
    }

    private boolean measure(String part, Lab lab, Path inventory) {
        CommandContext measuring = new CommandContext(context.terminal(), context.installation(), part);
        ShowOptions show = new ShowOptions();
        Fabric fabric = new InventoryArgument().read(inventory, measuring, show).fabric();
        ConnectionOptions connection = CommandLine.populateCommand(
                new ConnectionOptions(), "-F", lab.sshConfig().toString());
        HostRuns runs = new HostRuns(measuring, connection, new SelectionOptions(), show);
        return new DemoMeasurement(measuring, new LabMeasurement(measuring, runs, lab.wires(), fabric, MEMBERS), fabric)
                .shown();
    }

    private int ended(String part, int status) {
        say("The demo ends in part " + part + ", which did not show what it should. The cause stands above.");
        return status;
    }

    private int run(String part, String... words) {
        context.print("\n$ linkctl " + Argv.of(words).render() + "\n");
        return linkctl.apply(part, words);
    }

    private void say(String text) {
        Paint paint = ShowOptions.paint("auto", context.terminal(), Terminal.Stream.OUT);
        context.print("\n" + paint.heading(text) + "\n");
    }

    /** Relative to the working folder, if it is below. */
    private static String shortest(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = file.toAbsolutePath().normalize();
        return (whole.startsWith(here) ? here.relativize(whole) : file).toString();
    }

    /** The launcher passes linkctl's folder, so that the demo runs from any folder. */
    private static Path inventory() {
        Path path = Path.of(System.getProperty("linkctl.home", "."), "inventories", "lab.groovy");
        if (!Files.isReadable(path)) throw new Failure(path + " cannot be read; run the demo by ./linkctl");
        return path;
    }
}
