package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.wrap;

import java.util.List;
import org.linkctl.engine.HostPlan;
import org.linkctl.spi.Change;

/**
 * The differences of one host, resource by resource, with the content of files; in short where {@code --diff} is not
 * given.
 */
final class ItemText {
    private final TextStyle style;
    private final Paint paint;
    private final String margin;
    private final StringBuilder out = new StringBuilder();

    private ItemText(TextStyle style, int indent) {
        this.style = style;
        this.paint = style.paint();
        this.margin = " ".repeat(indent);
    }

    static String of(List<HostPlan.Item> items, TextStyle style, int indent) {
        if (!style.shows(TextStyle.Detail.DIFF)) return ItemSummary.of(items, style, indent);
        ItemText text = new ItemText(style, indent);
        items.forEach(text::item);
        return text.out.toString();
    }

    private void item(HostPlan.Item item) {
        line(0, paint.heading(item.resource()));
        if (item.refused() != null) line(2, refused(item, style, margin.length() + 4));
        item.changes().forEach(this::change);
        for (String what : item.adopts()) line(2, paint.doubt("! takes over ") + paint.text(what));
        for (String unknown : item.unknowns()) line(2, paint.doubt("? waits for ") + paint.text(unknown));
        for (String first : item.after()) line(2, paint.doubt("? after ") + paint.text(first));
        if (style.shows(TextStyle.Detail.STEPS)) {
            item.steps()
                    .forEach(step -> line(4, paint.aside("$ " + StepText.explained(step, "the diff above shows it"))));
        }
        out.append('\n');
    }

    /** Why a resource cannot be planned; with its id, since the short form groups resources by module. */
    static String refused(HostPlan.Item item, TextStyle style, int indent) {
        Paint paint = style.paint();
        return paint.alarm("x refused: ")
                + paint.text(wrap(item.resource() + ": " + item.refused(), indent, style.width()));
    }

    private void change(Change change) {
        if (change.kind() == Change.Kind.FILE) {
            line(2, ChangeLine.of(change, "", paint));
            diff(Diff.file(change.subject(), change.before(), change.after()));
        } else if (ChangeLine.fits(change)) {
            line(2, ChangeLine.of(change, ChangeLine.value(change), paint));
        } else {
            line(2, ChangeLine.of(change, ":", paint));
            diff(
                    ChangeLine.isOneLine(change)
                            ? List.of("-" + change.before(), "+" + change.after())
                            : Diff.value(change.before(), change.after()));
        }
    }

    private void diff(List<String> lines) {
        for (String line : lines) line(6, Diff.painted(line, paint));
    }

    private void line(int indent, String text) {
        out.append(margin).append(" ".repeat(indent)).append(text).append('\n');
    }
}
