package org.linkctl.cli.show;

import static org.linkctl.cli.show.Words.wrap;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.HostPlan;
import org.linkctl.spi.Change;

/** What differs on one host, resource by resource. */
final class ItemText {
    /** Longer than this, a value before and after do not stand on one line. */
    private static final int ONE_LINE = 60;

    private final Look look;
    private final Paint paint;
    private final String margin;
    private final StringBuilder out = new StringBuilder();

    private ItemText(Look look, int indent) {
        this.look = look;
        this.paint = look.paint();
        this.margin = " ".repeat(indent);
    }

    static String of(List<HostPlan.Item> items, Look look, int indent) {
        ItemText text = new ItemText(look, indent);
        items.forEach(text::item);
        return text.out.toString();
    }

    private void item(HostPlan.Item item) {
        line(0, paint.heading(item.resource()));
        if (item.refused() != null) {
            line(2, paint.alarm("x refused: ") + paint.text(wrap(item.refused(), margin.length() + 4, look.width())));
        }
        item.changes().forEach(this::change);
        for (String what : item.adopts()) line(2, paint.doubt("! takes over ") + paint.text(what));
        for (String unknown : item.unknowns()) line(2, paint.doubt("? waits for ") + paint.text(unknown));
        for (String first : item.after()) line(2, paint.doubt("? after ") + paint.text(first));
        if (look.detail() == Look.Detail.STEPS) {
            item.steps().forEach(step -> line(4, paint.aside("$ " + StepText.of(step))));
        }
        out.append('\n');
    }

    private void change(Change change) {
        switch (change.kind()) {
            case FILE -> {
                headline(change, "");
                diff(Diff.file(change.subject(), change.before(), change.after()));
            }
            case STATE -> state(change, change.before(), change.after());
        }
    }

    private void state(Change change, @Nullable String before, @Nullable String after) {
        boolean oneLine =
                !String.valueOf(before).contains("\n") && !String.valueOf(after).contains("\n");
        if (!oneLine) {
            headline(change, ":");
            diff(Diff.value(before, after));
        } else if (before != null && after != null && before.length() + after.length() > ONE_LINE) {
            headline(change, ":");
            diff(List.of("-" + before, "+" + after));
        } else {
            headline(change, shortValue(before, after));
        }
    }

    private static String shortValue(@Nullable String before, @Nullable String after) {
        if (before != null && after != null) return ": " + quoteEmpty(before) + " -> " + quoteEmpty(after);
        String only = Objects.requireNonNullElse(before, Objects.requireNonNullElse(after, ""));
        return only.isEmpty() ? "" : ": " + only;
    }

    private static String quoteEmpty(String value) {
        return value.isEmpty() ? "''" : value;
    }

    private void headline(Change change, String value) {
        String text = change.subject() + value;
        String shown = switch (change.action()) {
            case CREATE -> paint.added("+ " + text);
            case UPDATE -> paint.changed("~ " + text);
            case DELETE -> paint.removed("- " + text);
        };
        line(2, shown + traffic(change));
    }

    private String traffic(Change change) {
        return switch (change.traffic()) {
            case KEEPS -> "";
            case MOVES -> "  " + paint.aside("(traffic goes another way meanwhile)");
            case CUTS -> "  " + paint.alarm("! cuts traffic");
        };
    }

    private void diff(List<String> lines) {
        for (String line : lines) {
            String shown = switch (line.isEmpty() ? ' ' : line.charAt(0)) {
                case '+' -> paint.added(line);
                case '-' -> paint.removed(line);
                case '@' -> paint.place(line);
                default -> paint.text(line);
            };
            line(6, shown);
        }
    }

    private void line(int indent, String text) {
        out.append(margin).append(" ".repeat(indent)).append(text).append('\n');
    }
}
