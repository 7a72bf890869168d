package org.linkctl.cli.option;

import java.util.Set;
import org.linkctl.cli.io.Terminal;
import org.linkctl.cli.io.Terminal.Stream;
import org.linkctl.cli.show.Paint;
import org.linkctl.cli.show.TextStyle;
import picocli.CommandLine.Option;

/** How much is shown, and in which colours. */
public final class ShowOptions {
    /** When to use colours. */
    enum When {
        auto,
        always,
        never
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            order = 80,
            description = "Colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
    private When color = When.auto;

    @Option(
            names = {"-v", "--verbose"},
            order = 81,
            description = "Also show the steps, and what is said to hosts and by them; -vv: also stack traces.")
    private boolean[] verbose = {};

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 82,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli looks at the annotation alone
    private boolean help;

    public int verbosity() {
        return verbose.length;
    }

    public TextStyle style(Terminal terminal) {
        return new TextStyle(
                paint(color.name(), terminal, Stream.OUT),
                terminal.width(),
                verbosity() > 0 ? Set.of(TextStyle.Detail.STEPS) : Set.of());
    }

    public Paint errPaint(Terminal terminal) {
        return paint(color.name(), terminal, Stream.ERR);
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
