package org.linkctl.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.linkctl.lab.Lab;
import org.linkctl.lab.TemporaryLab;
import org.linkctl.lab.Topologies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job, from nothing, on hosts of its own: what somebody sees first. */
@Command(
        name = "demo",
        description = {
            "Boots a lab, applies inventories/lab.groovy to it, applies it again, and measures what the link carries.",
            "",
            "Everything runs on this machine, under QEMU. Nothing is left behind but the cached image and the record of "
                    + "its runs, on Ctrl-C as well. Packages that QEMU needs are named before they are installed, and stay."
        },
        footer = {"", "Example:", "  linkctl demo"},
        exitCodeList = {"0:the link was made, and is in health", "1:an error", "130:interrupted"})
final class DemoCommand implements Callable<Integer> {
    private static final int MEMBERS = 3;

    /** Mbit/s a port: well below what two emulated processors forward, so that the ports are the limit. */
    private static final double PORT_RATE = 6;

    private final Session session;
    private final Function<String[], Integer> linkctl;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli looks at the annotation alone
    private boolean help;

    DemoCommand(Session session, Function<String[], Integer> linkctl) {
        this.session = session;
        this.linkctl = linkctl;
    }

    @Override
    public Integer call() {
        String inventory = inventory();
        say("1. Hosts: two sites with a switch and the internet between them, as virtual machines on this one.");
        try (TemporaryLab temporary = Lab.temporary(
                Topologies.twoSites(MEMBERS, Topologies.Nat.SITE_A), line -> session.tell("   " + line + "\n"))) {
            return show(temporary.lab(), inventory);
        }
    }

    private int show(Lab lab, String inventory) {
        String ssh = lab.sshConfig().toString();
        say("2. From bare hosts to the link that the inventory declares.");
        if (run("apply", inventory, "-F", ssh, "--yes") != Exit.OK) return Exit.ERROR;
        say("3. The same again: nothing differs, so nothing is done.");
        if (run("apply", inventory, "-F", ssh, "--yes") != Exit.OK) return Exit.ERROR;
        say("4. Each port of a-gw is slowed down to " + PORT_RATE
                + " Mbit/s, so that the ports are the limit. What does " + "the link carry?");
        for (int port = 1; port <= MEMBERS; port++) lab.wires().shape("a-gw", "eth" + port, PORT_RATE);
        int verified = run("verify", inventory, "-F", ssh, "--throughput");
        say("""
                That was all of it. What to try next:
                  ./linkctl lab up                  the same hosts, bare, to keep; it prints how to apply to them
                  ./linkctl lab ssh a-gw            once they are converged: break something by hand,
                                                    and see `plan` name it and `apply` mend it
                  inventories/ecmp-planned.groovy   a first inventory for your own hosts""");
        return verified;
    }

    private int run(String... words) {
        session.print("\n$ linkctl " + String.join(" ", List.of(words)) + "\n");
        return linkctl.apply(words);
    }

    private void say(String text) {
        session.print("\n" + text + "\n");
    }

    /** The launcher tells where linkctl lives, so that the demo runs from any folder. */
    private static String inventory() {
        Path path = Path.of(System.getProperty("linkctl.home", "."), "inventories", "lab.groovy");
        if (!Files.isReadable(path)) throw new Failure(path + " cannot be read; run the demo by ./linkctl");
        return path.toString();
    }
}
