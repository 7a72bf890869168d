package org.linkctl.cli.playbook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.option.WrittenOutOptions;
import org.linkctl.cli.show.ActionText;
import org.linkctl.cli.show.CheckText;
import org.linkctl.diag.Suggest;
import org.linkctl.dsl.LoadedPlaybook;
import org.linkctl.dsl.Playbooks;
import org.linkctl.model.Fabric;
import org.linkctl.playbook.Parameter;
import org.linkctl.playbook.Playbook;
import org.linkctl.playbook.Resume;
import org.linkctl.playbook.Task;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The playbook argument of a command. */
public final class PlaybookArgument implements WrittenOutOptions {
    private final PositionalParamSpec file = PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("PLAYBOOK")
            .type(Path.class)
            .description("The file that lists the steps.")
            .build();

    @Override
    public void addTo(CommandSpec command) {
        command.addPositional(file);
    }

    /** @throws Failure where none was named */
    public Path named() {
        Path given = file.getValue();
        if (given != null) return given;
        throw new Failure("""
            linkctl run: which playbook, for which inventory?

                linkctl run playbooks/rotate-psk.groovy prod.groovy

            A playbook is a Groovy file that lists steps over the hosts of an inventory. Some stand in playbooks/, every
            word in docs/playbooks.md; `linkctl run --help` shows the options.\
            """);
    }

    /**
     * Reads the steps. Values that are missing are asked for, where there is a terminal.
     *
     * @throws Failure with all diagnostics, or with the parameters that are missing
     */
    public Playbook read(
            Path path,
            Fabric fabric,
            Map<String, String> given,
            boolean asks,
            CommandContext context,
            ShowOptions show) {
        LoadedPlaybook loaded = Playbooks.load(
                path,
                fabric,
                given,
                context.installation().planner().moduleNames(),
                context.installation().scripts());
        if (!loaded.missing().isEmpty()) {
            if (!asks || !context.terminal().canAsk()) throw missing(path, loaded.missing());
            Map<String, String> all = new LinkedHashMap<>(given);
            for (Parameter one : loaded.missing()) all.put(one.name(), asked(context, one));
            return read(path, fabric, all, asks, context, show);
        }
        Playbook playbook = loaded.playbook();
        if (playbook != null) return playbook;
        throw new Failure(
                CheckText.diagnostics(loaded.diagnostics(), loaded.sourceLine(), show.errPaint(context.terminal()))
                        + "\n" + CheckText.counted(loaded.diagnostics()));
    }

    private static String asked(CommandContext context, Parameter one) {
        String answer = context.terminal().ask(one.name() + ", " + one.about() + " (" + one.takes() + "): ");
        if (answer == null || answer.isBlank())
            throw new Failure("'" + one.name() + "' was not given; nothing was done.");
        return answer.strip();
    }

    private static Failure missing(Path path, List<Parameter> missing) {
        return new Failure(path + ": these parameters have no value:\n"
                + missing.stream()
                        .map(one -> "  -e " + one.name() + "=…  " + one.about() + " (" + one.takes() + ")")
                        .collect(Collectors.joining("\n")));
    }

    /**
     * The number of the step at which to begin.
     *
     * @param from a number, or the title of a part
     * @throws Failure where there is none, or a step needs what would be left out
     */
    public int first(Playbook playbook, String from) {
        int first = named(playbook, from);
        Resume.leftOut(playbook, first).ifPresent(task -> {
            throw new Failure(
                    "--from " + from + " leaves out step " + task.number() + ", " + ActionText.word(task.action())
                            + " of " + ActionText.subject(task.action()) + ", which later steps need; --from "
                            + Resume.at(playbook, first) + " does not");
        });
        return first;
    }

    private static int named(Playbook playbook, String from) {
        int last = playbook.tasks().size();
        if (from.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(from);
            if (number >= 1 && number <= last) return number;
            throw new Failure("--from: no step " + from + "; the steps are 1 to " + last);
        }
        OptionalInt found = playbook.tasks().stream()
                .filter(task -> task.isOf(from))
                .mapToInt(Task::number)
                .min();
        if (found.isPresent()) return found.getAsInt();
        List<String> titles = playbook.tasks().stream()
                .flatMap(task -> task.titles().stream())
                .distinct()
                .toList();
        List<String> names = new ArrayList<>(titles);
        playbook.tasks().forEach(task -> names.addAll(task.parts()));
        String near = Suggest.closest(from, names)
                .map(title -> "; did you mean '" + title + "'?")
                .orElse("");
        String known = titles.isEmpty() ? "no part of it has a title" : "its parts: " + String.join(", ", titles);
        throw new Failure("--from: no step '" + from + "'" + near + "\n  " + known + "; the steps are 1 to " + last);
    }
}
