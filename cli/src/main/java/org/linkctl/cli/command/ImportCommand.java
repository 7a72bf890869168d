package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.imported.AnsibleInventory;
import org.linkctl.cli.imported.ImportRun;
import org.linkctl.cli.imported.Target;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SecretSources;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.option.WrittenOutOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.SecretLookup;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.model.Become;
import org.linkctl.model.SshTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the inventory of hosts that are there. */
@Command(
        name = "import",
        description = {
            ImportCommand.SUMMARY,
            "",
            "Nothing is changed there, and no private or pre-shared key is read. What no word of the language says is a"
                    + " comment at its place, and a line on standard error. The inventory is planned at once, so that it is"
                    + " seen what linkctl would change there, and why."
        },
        footer = {
            "",
            "Examples:",
            "  linkctl import a-gw b-gw -o prod.groovy",
            "  linkctl import hq=admin@192.0.2.10 admin@203.0.113.1 --site berlin=hq",
            "  linkctl import --ansible hosts.yml --site berlin=berlin_gateways -o prod.groovy"
        },
        exitCodeList = {
            "0:the inventory was written; with --detailed-exitcode: and its plan is empty",
            "1:an error",
            "2:with --detailed-exitcode: its plan would change something",
            "3:a host was unreachable, or it is not known how to reach it",
            "4:a host was refused: its state is not one that linkctl changes"
        })
final class ImportCommand implements Callable<Integer>, WrittenOutOptions {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY = "Writes the inventory that says what hosts have; changes nothing there.";

    @Parameters(
            arity = "0..*",
            paramLabel = "HOST",
            description = "As for ssh(1): [user@]host[:port]; NAME=HOST gives it another name in the inventory.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--name", order = 1, paramLabel = "FABRIC", description = "The name of the fabric (imported).")
    private String name = "imported";

    @Option(
            names = {"-o", "--out"},
            order = 1,
            paramLabel = "FILE.groovy",
            description = "Write the inventory to this file, which is not there yet, and its plan to standard output.")
    private @Nullable Path out;

    @Option(
            names = "--ansible",
            order = 1,
            paramLabel = "FILE",
            description = "Also the hosts of this inventory of Ansible's, in INI or YAML.")
    private @Nullable Path ansible;

    @Option(
            names = "--site",
            order = 2,
            paramLabel = "SITE=HOST,...",
            description =
                    "These hosts, or groups of --ansible, are at one site. Without it each host is a site of its own.")
    private List<String> sites = new ArrayList<>();

    @Option(
            names = "--detailed-exitcode",
            order = 4,
            description = "Exit with 2 where its plan would change something, 0 where it is empty.")
    private boolean detailed;

    @Mixin
    private final SecretSources secrets = new SecretSources();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    private final ShowOptions show = new ShowOptions();
    private final CommandContext context;

    ImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void addTo(CommandSpec command) {
        show.addTo(command);
    }

    @Override
    public Integer call() {
        if (!Names.isName(name)) throw new Failure("--name: '" + name + "' is no name: letters, digits and _ . -");
        if (out != null && Files.exists(out)) throw new Failure("-o: '" + out + "' is there; import writes a new file");
        AnsibleInventory.Hosts listed = ansible == null ? AnsibleInventory.Hosts.NONE : AnsibleInventory.read(ansible);
        listed.locked()
                .forEach(one ->
                        context.message("import: " + one + " is locked by ansible-vault and was not read: what it says"
                                + " of how hosts are reached is missing\n"));
        List<Target> named = hosts.stream().map(ImportCommand::target).toList();
        List<AnsibleInventory.Unknown> unknown = listed.unknown().stream()
                .filter(one -> named.stream().noneMatch(target -> one.name().equals(target.name())))
                .toList();
        List<String> unread = new ArrayList<>(unknown.stream()
                .map(one -> Names.shown(one.name()) + ": " + one.why())
                .toList());
        List<Target> all = new ArrayList<>(named);
        all.addAll(listed.targets());
        if (all.isEmpty() && !unread.isEmpty())
            throw new Failure("linkctl import: no host is known\n  " + String.join("\n  ", unread));
        List<Target> targets = targets(all, unknown);
        HostRuns runs = new HostRuns(context, connection, new SelectionOptions(), show);
        ImportRun.Result result = new ImportRun(context, runs).of(name, targets);
        runs.clearProgress();
        unread.addAll(result.unreachable());
        unread.forEach(one -> context.message("not read: " + one + "\n"));
        result.notes().forEach(one -> context.message("import: " + one + "\n"));
        Path file = written(result.text());
        try {
            int status = plan(file);
            return unread.isEmpty() || status == ExitStatus.ERROR ? status : Math.max(status, ExitStatus.UNREACHABLE);
        } finally {
            if (out == null) delete(file);
        }
    }

    private int plan(Path file) {
        InventoryArgument.Read read = new InventoryArgument().read(file, context, show);
        HostRuns runs = new HostRuns(context, connection, new SelectionOptions(), show);
        SelectionOptions all = new SelectionOptions();
        try {
            runs.useSecrets(new SecretLookup(secrets.providers(), context, show)
                    .secrets(
                            read,
                            all.selection(read.fabric(), context.installation().planner())));
        } catch (Failure e) {
            throw new Failure(e.status(), e.getMessage() + "\nThe inventory was not planned: a secret is missing.");
        }
        PlanReport report = runs.during(read.fabric(), read::plan);
        runs.clearProgress();
        String text = report.text(show.style(context.terminal())) + ImportRun.verdict(report.outcomes());
        if (out == null) context.message(text);
        else context.print(text);
        return PlanningCommand.status(report, detailed);
    }

    private Path written(String text) {
        try {
            if (out != null) {
                Files.writeString(out, text, StandardOpenOption.CREATE_NEW);
                return out;
            }
            context.print(text);
            Path file = Files.createTempDirectory("linkctl-import").resolve(name + ".groovy");
            Files.writeString(file, text);
            return file;
        } catch (IOException e) {
            throw new Failure("-o: '" + out + "' cannot be written: " + e.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
            Path folder = file.getParent();
            if (folder != null) Files.deleteIfExists(folder);
        } catch (IOException e) {
            return; // a file without a secret in the folder for temporary ones
        }
    }

    /** All of them, each at its site. */
    private List<Target> targets(List<Target> all, List<AnsibleInventory.Unknown> unknown) {
        if (hosts.isEmpty() && ansible == null)
            throw new Failure("linkctl import: which hosts?\n    linkctl import admin@192.0.2.10 -o prod.groovy");
        Map<String, String> sites = sites();
        List<String> unused = new ArrayList<>(sites.keySet());
        List<Target> out = new ArrayList<>();
        for (Target target : all) {
            List<String> names = new ArrayList<>(target.groups());
            names.add(0, target.name() == null ? target.ssh().toString() : target.name());
            unused.removeAll(names);
            String site = null;
            for (String one : names) if (site == null) site = sites.get(one);
            out.add(site == null ? target : target.at(site));
        }
        for (AnsibleInventory.Unknown one : unknown) {
            unused.remove(one.name());
            unused.removeAll(one.groups());
        }
        if (!unused.isEmpty())
            throw new Failure("--site: no host '" + unused.getFirst() + "' is imported; write it as it was named");
        return out;
    }

    private static Target target(String text) {
        int equals = text.indexOf('=');
        String named = equals < 0 ? null : text.substring(0, equals);
        String address = text.substring(equals + 1);
        SshTarget ssh = SshTarget.parse(address)
                .orElseThrow(() -> new Failure("'" + address + "' is no host as ssh(1) takes it: [user@]host[:port]"));
        if (named != null && !Names.isName(named))
            throw new Failure("'" + named + "' is no name for a host: letters, digits and _ . -");
        return new Target(named, ssh, Become.AUTO, null, List.of());
    }

    /** Sites by host. */
    private Map<String, String> sites() {
        Map<String, String> out = new LinkedHashMap<>();
        for (String text : sites) {
            int equals = text.indexOf('=');
            String site = text.substring(0, Math.max(0, equals));
            if (!Names.isName(site)) throw new Failure("--site: '" + text + "' is not SITE=HOST,HOST");
            for (String host : text.substring(equals + 1).split(",", -1)) {
                String before = out.putIfAbsent(host, site);
                if (before != null) throw new Failure("--site: '" + host + "' is at " + before + ", and at " + site);
            }
        }
        return out;
    }
}
