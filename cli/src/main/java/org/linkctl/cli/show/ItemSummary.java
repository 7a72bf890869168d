package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.linkctl.engine.HostPlan;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/**
 * The differences of one host in short: a line for each change, by module; of files and long values the number of
 * changed lines.
 */
final class ItemSummary {
    /** From this many on, new files in one folder are shown as one line. */
    private static final int MANY = 3;

    private final TextStyle style;
    private final Paint paint;
    private final String margin;
    private final StringBuilder out = new StringBuilder();

    private ItemSummary(TextStyle style, int indent) {
        this.style = style;
        this.paint = style.paint();
        this.margin = " ".repeat(indent);
    }

    static String of(List<HostPlan.Item> items, TextStyle style, int indent) {
        ItemSummary summary = new ItemSummary(style, indent);
        Map<String, List<HostPlan.Item>> groups = new LinkedHashMap<>();
        for (HostPlan.Item item : items)
            groups.computeIfAbsent(item.module(), _ -> new ArrayList<>()).add(item);
        groups.forEach(summary::group);
        return summary.out.append('\n').toString();
    }

    private void group(String module, List<HostPlan.Item> items) {
        line(0, paint.heading(items.size() == 1 ? items.getFirst().resource() : module));
        Map<String, List<Change>> fresh = items.stream()
                .flatMap(item -> item.changes().stream())
                .filter(ItemSummary::isNewFile)
                .collect(Collectors.groupingBy(ItemSummary::folder));
        for (HostPlan.Item item : items) item(item, fresh);
    }

    /** New files of one module in one folder, which can be shown as one line. */
    private static boolean isNewFile(Change change) {
        return change.kind() == Change.Kind.FILE && change.action() == Change.Action.CREATE && ChangeLine.folds(change);
    }

    private static String folder(Change change) {
        return change.subject().substring(0, Math.max(0, change.subject().lastIndexOf('/')));
    }

    /** @param fresh the new files of its module, by their folders */
    private void item(HostPlan.Item item, Map<String, List<Change>> fresh) {
        if (item.refused() != null) line(2, ItemText.refused(item, style, margin.length() + 4));
        for (Change change : item.changes()) {
            List<Change> alike = isNewFile(change) ? fresh.getOrDefault(folder(change), List.of()) : List.of();
            if (alike.size() < MANY) change(change);
            else if (alike.getFirst().equals(change)) files(folder(change), alike);
        }
        for (String what : item.adopts()) line(2, paint.doubt("! takes over ") + paint.text(what));
        for (String unknown : item.unknowns()) line(2, paint.doubt("? waits for ") + paint.text(unknown));
        if (!style.shows(TextStyle.Detail.STEPS)) return;
        for (Step step : item.steps()) line(4, paint.aside("$ " + StepText.explained(step, "--diff shows it")));
    }

    private void files(String folder, List<Change> files) {
        String all = files.stream().map(Change::after).map(String::valueOf).collect(Collectors.joining());
        String what = "+ " + files.size() + " files in " + folder;
        line(2, paint.added(what + "  " + Diff.counted(null, all)));
    }

    private void change(Change change) {
        if (change.kind() == Change.Kind.FILE || (!ChangeLine.isOneLine(change) && ChangeLine.folds(change))) {
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
