package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The file that FRR reads at boot, {@code frr.conf}: what others wrote there, and a block of linkctl's. FRR reads a context that
 * stands there twice as one. Whoever has FRR write the file (vtysh, "write memory") mixes the two; then linkctl's lines are
 * known by {@link FrrOwned}.
 *
 * @param text nobody may see it: others' passwords may stand in it
 */
public record FrrFile(String text) {
    private static final String BEGIN = "! Made by linkctl; its next run undoes what is changed here by hand.\n";
    /** What FRR's packages put there, where they put anything: errors are to be seen somewhere. */
    private static final String NEW = "log syslog informational\n";

    private static final String END = "! End of what linkctl made.\n";

    /** One that is not there yet. */
    static FrrFile made() {
        return new FrrFile(NEW);
    }

    @Override
    public String toString() {
        return "***";
    }

    /** What stands in linkctl's block. */
    List<FrrLine> block() {
        int begin = text.indexOf(BEGIN);
        if (begin < 0) return List.of();
        int end = text.indexOf(END, begin);
        return FrrConfig.lines(text.substring(begin, end < 0 ? text.length() : end));
    }

    /** All but the block. */
    private String others() {
        int begin = text.indexOf(BEGIN);
        if (begin < 0) return text;
        int end = text.indexOf(END, begin);
        String rest = end < 0 ? "" : text.substring(end + END.length());
        return text.substring(0, begin).replaceFirst("\n\n\\z", "\n") + rest;
    }

    /** What others wrote, or FRR when it was told to write the file. */
    List<FrrLine> outside() {
        return FrrConfig.lines(others());
    }

    /**
     * The text as it shall be.
     *
     * @param block what linkctl's block shall hold; none: there is no block
     * @param gone lines that stand outside of the block and shall not
     */
    String with(List<FrrLine> block, Set<FrrLine> gone) {
        String others = gone.isEmpty() ? others() : without(gone);
        if (block.isEmpty()) return others;
        String before = others.isEmpty() || others.endsWith("\n") ? others : others + "\n";
        return before + (before.isEmpty() ? "" : "\n") + BEGIN + FrrConfig.text(block) + END;
    }

    /** Takes lines out, and the ends of contexts that go with them. */
    private String without(Set<FrrLine> gone) {
        StringBuilder out = new StringBuilder();
        boolean skipping = false;
        for (FrrConfig.Numbered one : FrrConfig.numbered(others())) {
            FrrLine line = one.line();
            if (line != null) {
                skipping = isGone(line, gone);
                if (skipping) continue;
            } else if (skipping && one.raw().strip().matches("exit|exit-address-family|!")) continue;
            out.append(one.raw()).append('\n');
        }
        return out.toString();
    }

    private static boolean isGone(FrrLine line, Set<FrrLine> gone) {
        return gone.stream().anyMatch(one -> line.equals(one) || line.isIn(one));
    }

    /** Whether it says what is wanted, and nothing of linkctl's beside. */
    boolean says(List<FrrLine> wanted, FrrOwned owned) {
        Set<FrrLine> all = new HashSet<>(FrrDelta.plain(FrrConfig.lines(text)));
        Set<FrrLine> expected = new HashSet<>(wanted);
        return all.containsAll(expected)
                && expected.containsAll(FrrDelta.plain(block()))
                && all.stream().filter(owned::has).allMatch(expected::contains);
    }

    /** Lines of linkctl's that stand outside of the block. */
    Set<FrrLine> scattered(FrrOwned owned) {
        List<FrrLine> out = new ArrayList<>();
        for (FrrLine line : outside()) if (owned.has(line)) out.add(line);
        return Set.copyOf(out);
    }
}
