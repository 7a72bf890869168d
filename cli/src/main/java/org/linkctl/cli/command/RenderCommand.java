package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.option.WrittenOutOptions;
import org.linkctl.cli.peer.PeerOptions;
import org.linkctl.cli.render.BarePlan;
import org.linkctl.cli.render.OutputFolder;
import org.linkctl.cli.render.Rendering;
import org.linkctl.cli.show.TextLayout;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;
import org.linkctl.modules.wireguard.PeerFile;
import org.linkctl.plan.Planner;
import org.linkctl.spi.Refused;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Writes the files and commands for hosts on which nothing is configured. */
@Command(
        name = "render",
        description = {
            RenderCommand.SUMMARY,
            "",
            "The hosts are assumed to be bare: newly installed, with nothing of this configured yet. A Linux host is "
                    + "taken for Debian with systemd-networkd, a FreeBSD host for FreeBSD 14. "
                    + "DIR/HOST/files/ holds the files by their paths, DIR/HOST/commands.txt what is done, in order. "
                    + "What only a host knows reads '(known after apply)'. The same inventory gives the same bytes.",
            "",
            "DIR/PEER/LINK.conf is for a peer, which linkctl does not log in to: a phone, a vendor's router. It has"
                    + " places to fill in for its private key and for the host's public key; --peer asks the host for the"
                    + " latter."
        },
        footer = {
            "",
            "Examples:",
            "  linkctl render inventories/ecmp.groovy -o out",
            "  less out/a-gw/commands.txt",
            "  diff -r out.before out",
            "  linkctl render office.groovy --peer phone --private-key phone.key --qr"
        },
        exitCodeList = {
            "0:written",
            "1:the inventory has errors, or the folder holds what linkctl did not write",
            "3:--peer: the host was unreachable",
            "4:--peer: the host was refused"
        })
final class RenderCommand implements Callable<Integer>, WrittenOutOptions {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY = "Writes every file and command for every host into a folder, offline.";

    private final CommandContext context;

    private final InventoryArgument inventory = new InventoryArgument();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            order = 1,
            description = "The folder to write. One that linkctl wrote is written anew.")
    private @Nullable Path output;

    @Option(names = "--overwrite", order = 2, description = "Write even into a folder that holds other files.")
    private boolean overwrite;

    @Mixin
    private final PeerOptions peer = new PeerOptions();

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    private final ShowOptions show = new ShowOptions();

    RenderCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void addTo(CommandSpec command) {
        inventory.addTo(command);
        show.addTo(command);
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("render", context, show);
        if (peer.given()) {
            if (output != null) throw new Failure("--peer: is printed, and not written to a folder: leave -o out");
            return peer.print(read.fabric(), context, show);
        }
        if (output == null) throw new Failure("linkctl render: which folder shall it write to? Say -o DIR");
        try {
            return write(read, output);
        } catch (IOException e) {
            throw new Failure("-o: '" + output + "' cannot be written: " + PrivateFile.why(e));
        }
    }

    private int write(InventoryArgument.Read read, Path output) throws IOException {
        Planner planner = context.installation().planner();
        Map<String, String> texts = new TreeMap<>(Rendering.of(plans(read, planner)));
        if (selection.limit().isEmpty() && selection.only().isEmpty()) {
            for (PeerFile file : PeerFile.all(read.fabric()))
                texts.put(file.peer() + "/" + file.link() + ".conf", file.text(null));
        }
        OutputFolder folder = new OutputFolder(output);
        if (!overwrite && !folder.isOurs()) {
            throw new Failure(
                    "'" + output + "' holds what linkctl did not write; name another folder, or say " + "--overwrite");
        }
        folder.write(texts);
        long hosts = texts.keySet().stream()
                .filter(name -> name.endsWith("/commands.txt"))
                .count();
        context.print(TextLayout.count((int) hosts, "host") + ", " + TextLayout.count(texts.size(), "file") + " in "
                + output + "\n");
        return ExitStatus.OK;
    }

    private Map<Host, HostPlan> plans(InventoryArgument.Read read, Planner planner) {
        try {
            return BarePlan.of(read.fabric(), planner, selection.selection(read.fabric(), planner));
        } catch (Refused e) {
            throw new Failure(read.file() + ": " + e.getMessage());
        }
    }
}
