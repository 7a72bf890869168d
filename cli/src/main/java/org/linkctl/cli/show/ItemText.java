package org.linkctl.cli.show;

import static org.linkctl.cli.show.Words.wrap;

import java.util.List;
import org.linkctl.engine.HostPlan;
import org.linkctl.spi.Change;

/** What differs on one host, resource by resource, with what is in files; in short where that is not asked for. */
final class ItemText {
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
        if (!look.shows(Look.Detail.DIFF)) return ItemSummary.of(items, look, indent);
        ItemText text = new ItemText(look, indent);
        items.forEach(text::item);
        return text.out.toString();
    }

    private void item(HostPlan.Item item) {
        line(0, paint.heading(item.resource()));
        if (item.refused() != null) line(2, refused(item, look, margin.length() + 4));
        item.changes().forEach(this::change);
        for (String what : item.adopts()) line(2, paint.doubt("! takes over ") + paint.text(what));
        for (String unknown : item.unknowns()) line(2, paint.doubt("? waits for ") + paint.text(unknown));
        for (String first : item.after()) line(2, paint.doubt("? after ") + paint.text(first));
        if (look.shows(Look.Detail.STEPS)) {
            item.steps()
                    .forEach(step -> line(4, paint.aside("$ " + StepText.explained(step, "the diff above shows it"))));
        }
        out.append('\n');
    }

    /** Why nothing can be planned for a resource; it is named, since the short form puts several under their module. */
    static String refused(HostPlan.Item item, Look look, int indent) {
        Paint paint = look.paint();
        return paint.alarm("x refused: ")
                + paint.text(wrap(item.resource() + ": " + item.refused(), indent, look.width()));
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
