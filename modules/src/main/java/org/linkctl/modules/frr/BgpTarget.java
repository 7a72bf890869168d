package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.spi.Refused;

/**
 * What is wanted on a host as it was found: others' parts of it are looked at, and none of them is changed.
 *
 * @param deltas what differs of the configuration that runs
 * @param text what the file for the next boot shall say
 * @param inFile whether it says so
 */
record BgpTarget(List<FrrDelta> deltas, String text, boolean inFile) {
    /** @throws Refused where others' configuration would not last beside what is wanted */
    static BgpTarget of(BgpWant want, BgpFacts have) {
        FrrOwnFiles.refuse(have);
        FrrFile file = have.fileOrNone();
        Set<String> known = new HashSet<>();
        want.neighbors().forEach(neighbor -> known.add(neighbor.address().toString()));
        refuseUntracked(want, have, file);
        FrrOwned owned = new FrrOwned(known, have.lines());
        List<FrrLine> wanted = agreed(want, BgpLines.of(want), have, file);
        List<FrrLine> ours = ours(want, have, file, owned, wanted);
        List<FrrLine> atBoot = new ArrayList<>(wanted);
        atBoot.removeIf(line -> line.text().endsWith(" shutdown"));
        atBoot.addAll(BgpLines.atBoot(want));
        List<FrrLine> needed = new ArrayList<>(atBoot);
        if (file.block().isEmpty()) needed.removeIf(line -> isLeftOut(line, file));
        FrrOwned written = new FrrOwned(known, FrrConfig.lines(file.text()));
        Set<FrrLine> outside = Set.copyOf(FrrDelta.plain(file.outside()));
        Set<FrrLine> scattered = file.scattered(written);
        List<FrrLine> block = atBoot.stream()
                .filter(line -> !outside.contains(line) || written.has(line) || FrrOwned.instance(line) != null)
                .toList();
        return new BgpTarget(FrrDelta.all(ours, wanted), file.with(block, scattered), file.says(needed, written));
    }

    static BgpTarget of(BgpGone gone, BgpFacts have) {
        FrrFile file = have.fileOrNone();
        List<FrrLine> stale = gone.stale(have.lines(), file);
        List<FrrLine> outside = gone.stale(file.outside(), file);
        String text = file.with(List.of(), Set.copyOf(outside));
        return new BgpTarget(FrrDelta.all(stale, List.of()), text, text.equals(file.text()));
    }

    /** FRR leaves out what is on when it writes its file, and says what is off. */
    private static boolean isLeftOut(FrrLine line, FrrFile file) {
        return BgpLines.isForwarding(line) && !file.outside().contains(FrrLine.top("no " + line.text()));
    }

    /**
     * Without what others have said already, and what FRR does not know yet. In an instance where others have neighbours, what is said of the whole of it stays
     * theirs, said or not: with another router id, and with graceful restart from FRR 10.2 on, all sessions would begin anew; and
     * how many paths count as one is theirs to say, where they do. Of a map for all routes of BGP there is one, which stays.
     */
    private static List<FrrLine> agreed(BgpWant want, List<FrrLine> lines, BgpFacts have, FrrFile file) {
        FrrLine instance = BgpLines.instance(want.as());
        Set<FrrLine> block = new HashSet<>(file.block());
        List<FrrLine> out = new ArrayList<>(lines);
        List<FrrLine> all = new ArrayList<>(have.lines());
        all.addAll(file.outside());
        if (shared(want, all))
            out.removeIf(line -> line.isIn(instance)
                    && !block.contains(line)
                    && (BgpLines.beginsAnew(line) || isSaid(line, "maximum-paths ", have.lines(), block)));
        if (have.isBefore(8, 3)) out.removeIf(line -> line.text().equals(BgpLines.NO_NOTIFICATION));
        for (FrrLine map : foreignMaps(have)) {
            String family = map.text().substring(0, map.text().indexOf(' '));
            out.removeIf(line -> line.context().isEmpty() && line.text().startsWith(family + " protocol bgp "));
        }
        return out;
    }

    /** Whether others have a line of this kind where that one stands. */
    private static boolean isSaid(FrrLine line, String kind, List<FrrLine> lines, Set<FrrLine> block) {
        return line.text().startsWith(kind)
                && lines.stream()
                        .anyMatch(other -> other.context().equals(line.context())
                                && other.text().startsWith(kind)
                                && !block.contains(other));
    }

    /** Whether others have neighbours in the instance. */
    private static boolean shared(BgpWant want, List<FrrLine> lines) {
        Set<String> known = new HashSet<>();
        want.neighbors().forEach(neighbor -> known.add(neighbor.address().toString()));
        FrrOwned owned = new FrrOwned(known, lines);
        FrrLine instance = BgpLines.instance(want.as());
        return lines.stream()
                .anyMatch(line -> line.isIn(instance) && FrrOwned.address(line) != null && !owned.has(line));
    }

    /**
     * A prefix that is no interface's network is announced by {@link BgpLines#UNTRACKED}, which holds for all of an instance.
     *
     * @throws Refused where it would announce other's networks, too, to neighbours of theirs
     */
    private static void refuseUntracked(BgpWant want, BgpFacts have, FrrFile file) {
        if (want.tracked()) return;
        List<FrrLine> lines = new ArrayList<>(have.lines());
        lines.addAll(file.outside());
        FrrLine instance = BgpLines.instance(want.as());
        if (!shared(want, lines) || lines.contains(instance.in(BgpLines.UNTRACKED))) return;
        throw new Refused("announce: names a prefix that is the network of no interface here; it would need '"
                + BgpLines.UNTRACKED + "', which holds for all of '" + instance.text()
                + "', where others have neighbours: their 'network' lines would be announced without a route, too."
                + " Announce networks of interfaces, or say it there yourself");
    }

    static List<FrrLine> foreignMaps(BgpFacts have) {
        return have.lines().stream()
                .filter(line -> line.context().isEmpty())
                .filter(line -> line.text().matches("(?:ip|ipv6) protocol (?:bgp|any) route-map .*"))
                .filter(line -> !line.text().contains(" " + BgpLines.OURS))
                .toList();
    }

    /**
     * Lines of linkctl's that are there.
     *
     * @throws Refused where FRR speaks BGP with another number for somebody else: it has one instance for the whole host
     */
    private static List<FrrLine> ours(BgpWant want, BgpFacts have, FrrFile file, FrrOwned owned, List<FrrLine> wanted) {
        Set<FrrLine> block = Set.copyOf(FrrDelta.plain(file.block()));
        Set<FrrLine> kept = Set.copyOf(wanted);
        Set<FrrLine> outside = Set.copyOf(FrrDelta.plain(file.outside()));
        Set<Long> going = new TreeSet<>();
        for (FrrLine line : have.lines()) {
            Long as = FrrOwned.instance(line);
            if (as == null || as == want.as()) continue;
            if (!isOurs(line, have.lines(), owned)) {
                throw new Refused(
                        "FRR is AS " + as + " there for neighbours that linkctl did not configure, and takes one number"
                                + " for the whole host: take out '" + line.text() + "', or give the host as: " + as);
            }
            going.add(as);
        }
        List<FrrLine> out = new ArrayList<>();
        for (FrrLine line : have.lines()) {
            boolean goes =
                    going.stream().map(BgpLines::instance).anyMatch(other -> line.equals(other) || line.isIn(other));
            boolean said = block.contains(FrrDelta.plain(List.of(line)).getFirst())
                    && !outside.contains(line)
                    && FrrOwned.instance(line) == null;
            if (owned.has(line) || goes || said || kept.contains(line) || replaced(line, kept)) out.add(line);
        }
        return out;
    }

    private static boolean isOurs(FrrLine instance, List<FrrLine> lines, FrrOwned owned) {
        List<FrrLine> neighbors = lines.stream()
                .filter(line -> line.isIn(instance) && FrrOwned.address(line) != null)
                .toList();
        return !neighbors.isEmpty() && neighbors.stream().allMatch(owned::has);
    }

    /** What there is one of in an instance, with another value than ours. */
    private static boolean replaced(FrrLine line, Set<FrrLine> wanted) {
        boolean one = line.text().startsWith("bgp router-id ") || line.text().startsWith("maximum-paths ");
        return one
                && wanted.stream()
                        .anyMatch(other -> other.context().equals(line.context())
                                && other.text()
                                        .startsWith(line.text()
                                                .substring(0, line.text().lastIndexOf(' ') + 1)));
    }
}
