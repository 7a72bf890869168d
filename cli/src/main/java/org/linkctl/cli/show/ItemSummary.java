package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.engine.HostPlan;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** What differs on one host in short: a line for each change, by module; files and long values by how many lines differ. */
final class ItemSummary {
    private final Look look;
    private final Paint paint;
    private final String margin;
    private final StringBuilder out = new StringBuilder();

    private ItemSummary(Look look, int indent) {
        this.look = look;
        this.paint = look.paint();
        this.margin = " ".repeat(indent);
    }

    static String of(List<HostPlan.Item> items, Look look, int indent) {
        ItemSummary summary = new ItemSummary(look, indent);
        Map<String, List<HostPlan.Item>> groups = new LinkedHashMap<>();
        for (HostPlan.Item item : items)
            groups.computeIfAbsent(item.module(), _ -> new ArrayList<>()).add(item);
        groups.forEach(summary::group);
        return summary.out.append('\n').toString();
    }

    private void group(String module, List<HostPlan.Item> items) {
        line(0, paint.heading(items.size() == 1 ? items.getFirst().resource() : module));
        items.forEach(this::item);
    }

    private void item(HostPlan.Item item) {
        item.changes().forEach(this::change);
        for (String what : item.adopts()) line(2, paint.doubt("! takes over ") + paint.text(what));
        for (String unknown : item.unknowns()) line(2, paint.doubt("? waits for ") + paint.text(unknown));
        if (!look.shows(Look.Detail.STEPS)) return;
        for (Step step : item.steps()) line(4, paint.aside("$ " + StepText.explained(step, "--diff shows it")));
    }

    private void change(Change change) {
        if (change.kind() == Change.Kind.FILE || !ChangeLine.isOneLine(change) && ChangeLine.folds(change)) {
            line(2, ChangeLine.of(change, ChangeLine.folded(change), paint));
        } else if (ChangeLine.fits(change)) {
            line(2, ChangeLine.of(change, ChangeLine.value(change), paint));
        } else {
            line(2, ChangeLine.of(change, ":", paint));
            ChangeLine.changedLines(change).forEach(one -> line(6, Diff.painted(one, paint)));
        }
    }

    private void line(int indent, String text) {
        out.append(margin).append(" ".repeat(indent)).append(text).append('\n');
    }
}
