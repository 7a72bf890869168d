package org.linkctl.modules.freebsd.watch;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.freebsd.files.Programs;
import org.linkctl.modules.freebsd.pfrules.PfPool;
import org.linkctl.modules.freebsd.rc.RcProgram;
import org.linkctl.modules.shellfile.ShellFile;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;
import org.linkctl.shell.ShellTemplate;

/** The script that asks next hops for answers, and the one by which rc(8) runs it. POSIX sh, but for sleep's fractions. */
final class WatchScript {
    static final String NAME = "linkctl_watch";
    static final String RC = "/usr/local/etc/rc.d/" + NAME;
    /** The tables as they were when the script last set them, as {@link #show} prints them. */
    static final String NOTE = "/var/run/linkctl/balance.loaded";

    static final String DEAD = "/var/run/linkctl/dead";

    /** A ping is a process; so many in a second take some percent of a processor. */
    private static final int PROCESSES = 64;

    private static final ShellTemplate PROGRAM = ShellFile.of(WatchScript.class, "watch-gateways.sh");
    private static final ShellTemplate SHOW = ShellFile.of(WatchScript.class, "show-tables.sh");

    private static final ShellTemplate RC_PROGRAM = ShellFile.of(WatchScript.class, "rc.sh");

    /** Such scripts loaded rules into an anchor instead. */
    private static final Pattern FORMER = Pattern.compile("(?m)^anchor=([a-z/-]+)$");

    private WatchScript() {}

    static List<Ip> hops(List<PfPool> pools) {
        return pools.stream()
                .flatMap(pool -> pool.hops().stream())
                .map(PfPool.Hop::address)
                .distinct()
                .toList();
    }

    /**
     * Prints what each table of the pools holds, a line each.
     *
     * @param place the words by which pfctl(8) is told where the tables are
     */
    static String show(List<PfPool> pools, List<String> place) {
        return SHOW.words("TABLES", PfPool.tables(pools))
                .words("PLACE", place)
                .text()
                .strip();
    }

    /** None where there is nothing to watch. */
    static RcProgram.Texts texts(List<PfPool> pools, List<String> place) {
        return pools.isEmpty() ? RcProgram.Texts.NONE : new RcProgram.Texts(script(pools, place), rc());
    }

    static String script(List<PfPool> pools, List<String> place) {
        return PROGRAM.lines("MARK", List.of(OurFiles.MARK))
                .words("TABLES", PfPool.tables(pools))
                .words("PLACE", place)
                .word("DEAD", DEAD)
                .word("NOTE", NOTE)
                .words("STICKY", sticky(pools))
                .word("PAUSE", pause(hops(pools).size()))
                .words("HOPS", hops(pools).stream().map(Ip::text).toList())
                .lines(
                        "POOLS",
                        pools.stream()
                                .filter(pool -> pool.resume() != null)
                                .map(WatchScript::pool)
                                .toList())
                .text();
    }

    /** Seconds between two rounds, so that there are no more than some processes in a second. */
    private static String pause(int hops) {
        return hops <= PROCESSES / 2 ? "0.5" : Integer.toString((hops + PROCESSES - 1) / PROCESSES);
    }

    /** Whom pf has sent to a next hop it would send there again: pfctl(8), -K. Of 15.1's pfctl a second -K hits nothing. */
    private static List<String> sticky(List<PfPool> pools) {
        return pools.stream()
                .filter(PfPool::sticky)
                .map(pool -> pool.v6() ? "::/0" : "0.0.0.0/0")
                .distinct()
                .toList();
    }

    /** The anchor that a script of a former linkctl loads rules into. */
    static Optional<String> formerAnchor(@Nullable String script) {
        return Stream.ofNullable(script)
                .flatMap(text -> FORMER.matcher(text).results())
                .map(found -> found.group(1))
                .findFirst();
    }

    private static String pool(PfPool pool) {
        return Stream.concat(
                        Stream.of(String.valueOf(pool.resume()), String.join(" ", pool.sources())),
                        pool.hops().stream().distinct().map(hop -> hop.table() + "/" + hop.address()))
                .map(Argv::quote)
                .collect(Collectors.joining(" ", "\"$1\" ", ""));
    }

    static String rc() {
        return RC_PROGRAM
                .lines("MARK", List.of(OurFiles.MARK))
                .word("NAME", NAME)
                .word("PATH", Programs.NEXT_HOPS)
                .text();
    }
}
