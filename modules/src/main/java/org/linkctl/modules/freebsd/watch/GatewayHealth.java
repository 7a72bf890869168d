package org.linkctl.modules.freebsd.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.modules.freebsd.pfrules.PfPool;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/** Do the next hops answer, and do connections go over all of them? */
final class GatewayHealth {
    /** pfctl(8) prints states by the million: only their gateways are counted, on the host. */
    static final String COUNT =
            "pfctl -s state -vv | sed -n 's/.* gateway: \\([0-9a-f:.]*\\).*/\\1/p' | sort | uniq -c";

    private static final Question.Command STATES = Question.command("/bin/sh", "-c", COUNT, "sh");
    private static final Question.Command DEAD = Question.command("ls", WatchScript.DEAD);
    private static final Pattern COUNTED = Pattern.compile("\\s*(?<count>[0-9]{1,12})\\s+(?<hop>\\S+)\\s*");

    /** With fewer, chance or a few that ended leave one of them out. */
    private static final long MANY = 8;

    private GatewayHealth() {}

    static List<Question<?>> questions(List<PfPool> pools) {
        List<Question<?>> out = new ArrayList<>();
        for (Ip hop : WatchScript.hops(pools)) out.add(ping(hop));
        out.add(DEAD);
        out.add(STATES);
        return out;
    }

    private static Question.Command ping(Ip hop) {
        return Question.command("ping", "-q", "-c", "2", "-i", "0.2", "-W", "1000", hop.text());
    }

    static List<Finding> findings(List<PfPool> pools, Answers answers) {
        List<Finding> out = new ArrayList<>();
        List<String> dead = answers.to(DEAD).stdout().lines().toList();
        Answer.Output states = answers.to(STATES);
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String line : states.stdout().lines().toList()) {
            Matcher match = COUNTED.matcher(line);
            if (match.matches()) counts.put(match.group("hop"), Long.valueOf(match.group("count")));
        }
        for (Ip hop : WatchScript.hops(pools)) {
            String subject = "next hop " + hop;
            boolean answersNow = answers.to(ping(hop)).ok();
            boolean isOut = dead.contains(hop.text());
            String held = counts.getOrDefault(hop.text(), 0L) + " connections";
            if (answersNow && !isOut) out.add(Finding.good(subject, "answers; " + held));
            else if (answersNow) out.add(Finding.doubtful(subject, "answers, and is out of the round robin yet"));
            else if (isOut) out.add(Finding.bad(subject, "does not answer: out of the round robin; " + held));
            else out.add(Finding.bad(subject, "does not answer, and is in the round robin; " + held));
        }
        for (PfPool pool : pools) spread(out, pool, dead, counts);
        return out;
    }

    /** More than one and none of them used at all is a sign; how many each has now says little, as connections end. */
    private static void spread(List<Finding> out, PfPool pool, List<String> dead, Map<String, Long> counts) {
        List<String> live = pool.hops().stream()
                .map(hop -> hop.address().text())
                .distinct()
                .filter(hop -> !dead.contains(hop))
                .toList();
        long all = live.stream().mapToLong(hop -> counts.getOrDefault(hop, 0L)).sum();
        if (live.size() < 2 || all < MANY * live.size()) return;
        String subject = "round robin " + pool.path();
        String text = live.stream()
                .map(hop -> hop + " (" + counts.getOrDefault(hop, 0L) + ")")
                .collect(Collectors.joining(", "));
        boolean each = live.stream().allMatch(counts::containsKey);
        out.add(
                each || pool.sticky()
                        ? Finding.good(subject, "over " + text)
                        : Finding.doubtful(subject, "over " + text));
    }
}
