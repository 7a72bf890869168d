package org.linkctl.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.GrantNotes;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.show.CheckText;
import org.linkctl.cli.show.Paint;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.dsl.Inventory;
import org.linkctl.dsl.Loaded;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.spread.Spread;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The inventory argument of a command. */
public final class InventoryArgument implements WrittenOutOptions {
    /** An inventory without errors. */
    public record Read(
            Path file, Fabric fabric, List<Diagnostic> warnings, Function<Place, @Nullable String> sourceLine) {
        public String warned(Paint paint) {
            return CheckText.diagnostics(warnings, sourceLine, paint);
        }

        /** Has a run plan, and reports what it found. */
        public PlanReport plan(Run run) {
            return report(run.plan(), run);
        }

        public PlanReport report(Map<Host, Outcome> outcomes, Run run) {
            return new PlanReport(
                    fabric.name(),
                    outcomes,
                    run.stages(),
                    run.warnings(),
                    Spread.departures(fabric, run.published()),
                    warnings,
                    sourceLine);
        }
    }

    private final PositionalParamSpec file;

    /** The first argument. */
    public InventoryArgument() {
        this(0);
    }

    /** @param index which argument of the command it is, from 0 */
    public InventoryArgument(int index) {
        file = PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity("0..1")
                .paramLabel("INVENTORY")
                .type(Path.class)
                .converters(Path::of) // picocli's own takes reflection, at each start
                .description("The file that declares sites, hosts and links.")
                .build();
    }

    @Override
    public void addTo(CommandSpec command) {
        command.addPositional(file);
    }

    /**
     * Loads and checks it.
     *
     * @throws Failure with all diagnostics, where one is an error
     */
    public Read read(String command, CommandContext context, ShowOptions show) {
        return read(file(command), context, show);
    }

    /** The file that was named, which may be a saved plan. */
    public Path named(String command) {
        return file(command);
    }

    public Read read(Path path, CommandContext context, ShowOptions show) {
        Loaded loaded = Inventory.load(
                path, context.installation().limits(), context.installation().scripts());
        Fabric fabric = loaded.fabric();
        if (fabric == null) {
            List<Diagnostic> all = loaded.diagnostics();
            throw new Failure(CheckText.diagnostics(all, loaded.sourceLine(), show.errPaint(context.terminal())) + "\n"
                    + CheckText.counted(all));
        }
        List<Diagnostic> warnings = Stream.of(loaded.diagnostics(), Spread.collisions(fabric), GrantNotes.of(fabric))
                .flatMap(List::stream)
                .sorted()
                .toList();
        return new Read(path, fabric, warnings, loaded.sourceLine());
    }

    private Path file(String command) {
        Path given = file.getValue();
        if (given != null) return given;
        String example =
                Files.isRegularFile(Path.of("inventories/ecmp.groovy")) ? "inventories/ecmp.groovy" : "network.groovy";
        String needed = command.equals("render") ? " -o out" : "";
        String before = command.equals("run") ? "playbooks/rotate-psk.groovy " : "";
        throw new Failure("""
            linkctl %1$s: which inventory?

                linkctl %1$s %4$s%2$s%3$s

            An inventory is a Groovy file that declares sites, hosts and the links between them. Examples stand in
            inventories/, every word in docs/language.md; `linkctl %1$s --help` shows the options.\
            """.formatted(command, example, needed, before));
    }
}
