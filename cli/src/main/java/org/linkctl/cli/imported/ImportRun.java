package org.linkctl.cli.imported;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.dsl.write.Written;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.spi.Found;

/** Reads hosts, and makes the inventory that says what they have. */
public final class ImportRun {
    /**
     * What came of it.
     *
     * @param text the inventory
     * @param notes a line for each thing that is there and is not declared
     * @param unreachable hosts that are not in it
     */
    public record Result(String text, List<String> notes, List<String> unreachable) {}

    /** A host's answers, or why there are none. */
    private record Reply(Optional<HostReading.Read> read, String why) {
        static final Reply NONE = new Reply(Optional.empty(), "it was not asked");
    }

    private final CommandContext context;
    private final HostRuns runs;

    public ImportRun(CommandContext context, HostRuns runs) {
        this.context = context;
        this.runs = runs;
    }

    /** @throws Failure where no host could be read */
    public Result of(String name, List<Target> targets) {
        Map<Host, Target> byHost = new LinkedHashMap<>();
        for (Target target : targets) byHost.put(target.host(byHost.size() + 1), target);
        Map<Host, Reply> replies = ask(byHost);
        List<ImportedHost> hosts = new ArrayList<>();
        List<String> unreachable = new ArrayList<>();
        List<Written> lost = new ArrayList<>();
        HostNames names = new HostNames();
        byHost.forEach((host, target) -> {
            Reply reply = replies.getOrDefault(host, Reply.NONE);
            HostReading.Read read =
                    reply.read().filter(one -> one.os().isPresent()).orElse(null);
            if (read == null) {
                unreachable.add(host.name() + ": " + why(reply));
                lost.add(HostWords.unread(names.of(target, ""), host, why(reply)));
            } else hosts.add(imported(target, names, read));
        });
        if (hosts.isEmpty())
            throw new Failure(
                    ExitStatus.UNREACHABLE,
                    "linkctl import: no host could be read\n  " + String.join("\n  ", unreachable));
        Notes notes = new Notes();
        var fabric = FabricWords.of(name, hosts, lost, notes);
        try {
            String text = new Inventories(context, notes).text(fabric);
            return new Result(text, notes.all().stream().map(ImportRun::line).toList(), unreachable);
        } catch (IOException e) {
            throw new Failure("linkctl import: a temporary file cannot be written: " + e.getMessage());
        }
    }

    private Map<Host, Reply> ask(Map<Host, Target> byHost) {
        HostReading reading = new HostReading(context.installation().planner());
        return runs.asking(questions -> questions.ask(
                byHost.keySet(),
                reading::next,
                (host, answers) -> new Reply(Optional.of(reading.read(answers)), ""),
                (host, lost) -> new Reply(Optional.empty(), lost.why())));
    }

    private static String why(Reply reply) {
        return reply.read()
                .map(read -> "it runs '" + read.system() + "', and linkctl knows Linux and FreeBSD")
                .orElse(reply.why());
    }

    private static ImportedHost imported(Target target, HostNames names, HostReading.Read read) {
        String name = names.of(target, read.name());
        String site = target.site();
        List<Found> found = new ArrayList<>(read.found());
        if (!target.groups().isEmpty())
            found.add(new Found.Unsaid(
                    "groups of Ansible: " + String.join(", ", target.groups()),
                    "linkctl has sites instead; --site SITE=GROUP makes one of a group"));
        return new ImportedHost(
                name, site == null ? name : site, read.os().orElseThrow(), target.ssh(), target.become(), found);
    }

    private static String line(Note note) {
        return (note.host().isEmpty() ? "" : note.host() + ": ") + note.what() + ": " + note.why();
    }

    /** What the plan of the inventory says. */
    public static String verdict(Map<Host, Outcome> outcomes) {
        return PlanVerdict.of(outcomes);
    }
}
