package org.linkctl.cli.show;

import java.util.List;

/** Columns with two blanks between; the last one is wrapped within its column. */
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    static String of(List<List<String>> rows, int width) {
        int last = rows.getFirst().size() - 1;
        int[] widths = new int[last];
        for (List<String> row : rows) {
            for (int i = 0; i < last; i++)
                widths[i] = Math.max(widths[i], row.get(i).length());
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < last; i++)
                line.append(TextLayout.pad(row.get(i), widths[i])).append(GAP);
            line.append(TextLayout.wrap(row.get(last), line.length(), width));
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
