package org.linkctl.cli.option;

import java.util.Set;
import org.linkctl.cli.io.Terminal;
import org.linkctl.cli.io.Terminal.Stream;
import org.linkctl.cli.show.Paint;
import org.linkctl.cli.show.TextStyle;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How much is shown, and in which colours. */
public final class ShowOptions implements WrittenOutOptions {
    /** When to use colours. */
    enum When {
        auto,
        always,
        never
    }

    private final OptionSpec color = OptionSpec.builder("--color")
            .paramLabel("WHEN")
            .order(80)
            .type(When.class)
            .description("Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
            .build();
    private final OptionSpec verbose = OptionSpec.builder("-v", "--verbose")
            .order(81)
            .type(boolean[].class)
            .arity("0")
            .description("Also show the steps, and what is said to hosts and by them; -vv: also stack traces.")
            .build();
    private final OptionSpec help = OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .order(82)
            .type(boolean.class)
            .arity("0")
            .description("Show this help.")
            .build();

    @Override
    public void addTo(CommandSpec command) {
        command.addOption(color).addOption(verbose).addOption(help);
    }

    private When color() {
        When chosen = color.getValue();
        return chosen == null ? When.auto : chosen;
    }

    public int verbosity() {
        boolean[] given = verbose.getValue();
        return given == null ? 0 : given.length;
    }

    public TextStyle style(Terminal terminal) {
        return new TextStyle(
                paint(color().name(), terminal, Stream.OUT),
                terminal.width(),
                verbosity() > 0 ? Set.of(TextStyle.Detail.STEPS) : Set.of());
    }

    public Paint errPaint(Terminal terminal) {
        return paint(color().name(), terminal, Stream.ERR);
    }

    /** Follows no-color.org: NO_COLOR counts when it is set and not empty; an explicit option takes precedence. */
    public static Paint paint(String when, Terminal terminal, Stream stream) {
        boolean wanted = switch (when) {
            case "always" -> true;
            case "never" -> false;
            default ->
                terminal.is(stream)
                        && terminal.environment().getOrDefault("NO_COLOR", "").isEmpty()
                        && !terminal.environment().getOrDefault("TERM", "").equals("dumb");
        };
        return wanted ? Paint.COLOR : Paint.PLAIN;
    }
}
