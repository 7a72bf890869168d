package org.linkctl.cli.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.option.WrittenOutOptions;
import org.linkctl.cli.show.LabText;
import org.linkctl.lab.FreebsdImage;
import org.linkctl.lab.HostStatus;
import org.linkctl.lab.Lab;
import org.linkctl.lab.LabException;
import org.linkctl.lab.LabSpec;
import org.linkctl.lab.Topologies;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Virtual machines under QEMU, to try an inventory on. */
@Command(
        name = "lab",
        description = {
            LabCommand.SUMMARY,
            "",
            "Two sites as inventories/lab.groovy has them: a-gw with three bonded ports on a switch that speaks LACP,"
                    + " a-app behind it, b-gw. The first start builds an image from Debian's packages and keeps it. With"
                    + " an image of FreeBSD, which you give: the load balancers of inventories/lab-freebsd.groovy."
        },
        footer = {
            "",
            "Example:",
            "  linkctl lab up",
            "  linkctl apply inventories/lab.groovy -F ~/.cache/linkctl/lab/run/ssh_config",
            "  linkctl lab ssh a-gw ip route",
            "  linkctl lab down"
        },
        exitCodeList = {"0:done", "1:an error"})
public final class LabCommand extends CommandWithHelp implements Runnable {
    /** The first line of its help, and its line in the list of all commands. */
    public static final String SUMMARY =
            "Boots real hosts under QEMU, to try inventories on; nothing outside them is touched.";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    /** The command with its subcommands. */
    public static CommandLine commandLine(CommandContext context) {
        CommandLine lab = new CommandLine(new LabCommand());
        // What follows the host's name is the command there, its options too.
        CommandLine ssh = new CommandLine(new Ssh()).setStopAtPositional(true);
        lab.addSubcommand(WrittenOutOptions.commandLine(new Up(context)))
                .addSubcommand(WrittenOutOptions.commandLine(new Status(context)))
                .addSubcommand(ssh)
                .addSubcommand(new Down(context));
        return lab;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut(), spec.commandLine().getColorScheme());
    }

    /** The folder of the lab. */
    static final class Place {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                order = 1,
                description = "The folder of the lab (~/.cache/linkctl/lab/run).")
        private @Nullable Path chosen;

        /** By default beside the image, in the user's cache (XDG Base Directory Specification). */
        Path folder() {
            if (chosen != null) return chosen;
            return Lab.cache().resolve("run");
        }

        Lab lab() {
            try {
                return Lab.attach(folder());
            } catch (LabException e) {
                throw new Failure(e.getMessage() + "\n`linkctl lab up` starts one.");
            }
        }
    }

    @Command(
            name = "up",
            description = "Boots the lab and waits until every host's sshd answers.",
            footer = {
                "",
                "Examples:",
                "  linkctl lab up",
                "  linkctl lab up --freebsd-image FreeBSD-14.3-RELEASE-amd64.qcow2"
            },
            exitCodeList = {"0:all hosts answer", "1:an error; then nothing is left running"})
    static final class Up implements Callable<Integer>, WrittenOutOptions {
        private final CommandContext context;

        @Mixin
        private final Place place = new Place();

        @Option(names = "--members", paramLabel = "N", order = 2, description = "How many ports a-gw's bond has (3).")
        private int members = 3;

        @Option(
                names = "--freebsd-image",
                paramLabel = "FILE",
                order = 3,
                description =
                        "Boot two load balancers of FreeBSD from this image instead, with a client and two next hops "
                                + "(LINKCTL_FREEBSD_IMAGE). docs/lab.md says what it must have.")
        private @Nullable Path freebsdImage;

        private final ShowOptions show = new ShowOptions();

        Up(CommandContext context) {
            this.context = context;
        }

        @Override
        public void addTo(CommandSpec command) {
            show.addTo(command);
        }

        @Override
        public Integer call() {
            try {
                Optional<FreebsdImage> image = image(context.terminal().environment());
                LabSpec wanted = image.map(Topologies::balancers)
                        .orElseGet(() -> Topologies.twoSites(members, Topologies.Nat.SITE_A));
                Lab lab = Lab.up(wanted, place.folder(), line -> context.message(line + "\n"));
                context.print(LabText.of(lab.status(), show.style(context.terminal())));
                String apply = image.isPresent()
                        ? "LINKCTL_SECRET_CARP_LB=lab linkctl apply inventories/lab-freebsd.groovy --allow-cut"
                        : "linkctl apply inventories/lab.groovy";
                context.print("\n" + apply + " -F " + lab.sshConfig() + "\n");
                return ExitStatus.OK;
            } catch (LabException e) {
                throw new Failure(String.valueOf(e.getMessage()));
            }
        }

        private Optional<FreebsdImage> image(Map<String, String> environment) {
            return freebsdImage == null
                    ? FreebsdImage.of(environment)
                    : Optional.of(FreebsdImage.of(freebsdImage, environment));
        }
    }

    @Command(
            name = "status",
            description = "Says how the lab's hosts are.",
            footer = {"", "Example:", "  linkctl lab status"},
            exitCodeList = {"0:all hosts answer", "1:some do not, or there is no lab"})
    static final class Status implements Callable<Integer>, WrittenOutOptions {
        private final CommandContext context;

        @Mixin
        private final Place place = new Place();

        private final ShowOptions show = new ShowOptions();

        Status(CommandContext context) {
            this.context = context;
        }

        @Override
        public void addTo(CommandSpec command) {
            show.addTo(command);
        }

        @Override
        public Integer call() {
            List<HostStatus> hosts = place.lab().status();
            context.print(LabText.of(hosts, show.style(context.terminal())));
            return hosts.stream().allMatch(HostStatus::answers) ? ExitStatus.OK : ExitStatus.ERROR;
        }
    }

    @Command(
            name = "ssh",
            description = "Opens a shell on a host of the lab, or runs a command there.",
            footer = {"", "Examples:", "  linkctl lab ssh a-gw", "  linkctl lab ssh b-gw wg show"},
            exitCodeList = {"N:what ssh(1) ends with"})
    static final class Ssh extends CommandWithHelp implements Callable<Integer> {
        @Mixin
        private final Place place = new Place();

        @Parameters(index = "0", paramLabel = "HOST", description = "Such as a-gw; `linkctl lab status` names them.")
        private String host = "";

        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "[COMMAND...]",
                hideParamSyntax = true,
                description = "What to run there, as ssh(1) has it.")
        private List<String> command = new ArrayList<>();

        @Override
        public Integer call() throws IOException, InterruptedException {
            Lab lab = place.lab();
            List<String> known = lab.status().stream().map(HostStatus::name).toList();
            if (!known.contains(host)) {
                throw new Failure("no host '" + host + "' in the lab: " + String.join(", ", known));
            }
            List<String> words = new ArrayList<>(lab.sshCommand(host));
            words.addAll(command);
            return new ProcessBuilder(words).inheritIO().start().waitFor();
        }
    }

    @Command(
            name = "down",
            description = "Ends the lab's hosts and removes their disks; the image stays for the next start.",
            footer = {"", "Example:", "  linkctl lab down"},
            exitCodeList = {"0:it is gone", "1:there was none"})
    static final class Down extends CommandWithHelp implements Callable<Integer> {
        private final CommandContext context;

        @Mixin
        private final Place place = new Place();

        Down(CommandContext context) {
            this.context = context;
        }

        @Override
        public Integer call() {
            place.lab().down();
            context.print("the lab is gone\n");
            return ExitStatus.OK;
        }
    }
}
