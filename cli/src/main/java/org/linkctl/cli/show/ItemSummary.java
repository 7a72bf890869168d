package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.linkctl.engine.HostPlan;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** What differs on one host in short: a line for each change, by module; files and long values by how many lines differ. */
final class ItemSummary {
    /** So many new files in one folder are told in one line. */
    private static final int MANY = 3;

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
        Map<String, List<Change>> fresh = items.stream()
                .flatMap(item -> item.changes().stream())
                .filter(ItemSummary::isNewFile)
                .collect(Collectors.groupingBy(ItemSummary::folder));
        for (HostPlan.Item item : items) item(item, fresh);
    }

    /** Of many new files of one module in one folder the names say little. */
    private static boolean isNewFile(Change change) {
        return change.kind() == Change.Kind.FILE && change.action() == Change.Action.CREATE && ChangeLine.folds(change);
    }

    private static String folder(Change change) {
        return change.subject().substring(0, Math.max(0, change.subject().lastIndexOf('/')));
    }

    /** @param fresh the new files of its module, by their folders */
    private void item(HostPlan.Item item, Map<String, List<Change>> fresh) {
        for (Change change : item.changes()) {
            List<Change> alike = isNewFile(change) ? fresh.getOrDefault(folder(change), List.of()) : List.of();
            if (alike.size() < MANY) change(change);
            else if (alike.getFirst() == change) files(folder(change), alike);
        }
        for (String what : item.adopts()) line(2, paint.doubt("! takes over ") + paint.text(what));
        for (String unknown : item.unknowns()) line(2, paint.doubt("? waits for ") + paint.text(unknown));
        if (!look.shows(Look.Detail.STEPS)) return;
        for (Step step : item.steps()) line(4, paint.aside("$ " + StepText.explained(step, "--diff shows it")));
    }

    private void files(String folder, List<Change> files) {
        String all = files.stream().map(Change::after).map(String::valueOf).collect(Collectors.joining());
        String what = "+ " + files.size() + " files in " + folder;
        line(2, paint.added(what + "  " + Diff.counted(null, all)));
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
