package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/**
 * How one part of FRR's configuration, such as a neighbour, differs from what it shall be, and the fewest commands that end it.
 * What is the same is not said again: a command that is said again may begin a session anew.
 *
 * @param subject as plans name it
 * @param have lines that are there
 * @param want lines that shall be there instead
 */
record FrrDelta(String subject, List<FrrLine> have, List<FrrLine> want) {
    private static final Pattern NUMBERED = Pattern.compile("((?:ip|ipv6) prefix-list \\S+) seq \\d+ (.*)");

    /** Commands of which there is one: a value that is set replaces the former one. */
    private static final Pattern VALUED = Pattern.compile(
            "(?<key>bgp router-id|neighbor \\S+ remote-as|neighbor \\S+ description"
                    + "|neighbor \\S+ timers connect|neighbor \\S+ timers|neighbor \\S+ bfd profile|maximum-paths|set src"
                    + "|transmit-interval|receive-interval|(?:ip|ipv6) protocol bgp route-map|match (?:ip|ipv6) address prefix-list) .*");

    private static final Pattern FILTER = Pattern.compile("(neighbor \\S+ route-map) \\S+ (in|out)");

    /** Parts in the order in which they can be taken away: what uses another one before that. */
    private static final List<String> LAST = List.of(
            "BGP neighbor",
            "BGP of",
            "FRR fallback",
            "FRR source",
            "FRR nexthop",
            "FRR ip",
            "FRR route-map",
            "FRR prefix-list",
            "BFD");

    FrrDelta {
        have = List.copyOf(have);
        want = List.copyOf(want);
    }

    /** Lines without the numbers that FRR gives to the entries of a list. */
    static List<FrrLine> plain(List<FrrLine> lines) {
        return lines.stream().map(FrrDelta::plain).toList();
    }

    private static FrrLine plain(FrrLine line) {
        Matcher match = NUMBERED.matcher(line.text());
        return match.matches() ? new FrrLine(line.context(), match.group(1) + " " + match.group(2)) : line;
    }

    /**
     * All differences, in the order in which they have to be ended: an instance of BGP that goes makes room for another one,
     * and what is used is there before what uses it.
     *
     * @param have all lines of linkctl's that are there
     */
    static List<FrrDelta> all(List<FrrLine> have, List<FrrLine> want) {
        Set<FrrLine> there = new HashSet<>(plain(have));
        Set<FrrLine> wanted = new HashSet<>(want);
        List<FrrLine> stale =
                have.stream().filter(line -> !wanted.contains(plain(line))).toList();
        List<FrrLine> openers = stale.stream().filter(FrrConfig::isOpener).toList();
        Map<String, List<FrrLine>> go = new LinkedHashMap<>();
        Map<String, List<FrrLine>> come = new LinkedHashMap<>();
        for (FrrLine line : stale)
            go.computeIfAbsent(subject(line, openers), key -> new ArrayList<>()).add(line);
        for (FrrLine line : want) {
            if (!there.contains(line))
                come.computeIfAbsent(subject(line), key -> new ArrayList<>()).add(line);
        }
        List<FrrDelta> out = new ArrayList<>();
        for (FrrLine opener : openers) {
            String subject = subject(opener);
            List<FrrLine> lines = FrrOwned.instance(opener) == null ? null : go.remove(subject);
            if (lines != null) out.add(new FrrDelta(subject, lines, List.of()));
        }
        come.forEach((subject, lines) -> {
            List<FrrLine> before = go.remove(subject);
            out.add(new FrrDelta(subject, before == null ? List.of() : before, lines));
        });
        for (String last : LAST) {
            go.forEach((subject, lines) -> {
                if (subject.startsWith(last)) out.add(new FrrDelta(subject, lines, List.of()));
            });
        }
        return out;
    }

    /** What goes with the context that it stands in is a part of that. */
    private static String subject(FrrLine line, List<FrrLine> openers) {
        return openers.stream()
                .filter(opener -> FrrOwned.instance(opener) != null && line.isIn(opener))
                .findFirst()
                .map(FrrDelta::subject)
                .orElseGet(() -> subject(line));
    }

    private static String subject(FrrLine line) {
        String neighbor = FrrOwned.address(line);
        if (neighbor != null) return "BGP neighbor " + neighbor;
        String top = line.path().getFirst();
        if (top.startsWith("router bgp ")) return "BGP of AS " + top.substring("router bgp ".length());
        if (top.equals("bfd")) return "BFD " + line.path().get(1);
        if (top.equals(BgpLines.WHOLE_ROUTES.text())) return "FRR nexthop objects";
        String[] words = top.split(" ", -1);
        if (words.length < 3) return "FRR ip " + top;
        if (top.startsWith("route-map ")) return "FRR route-map " + words[1];
        return switch (words[1]) {
            case "prefix-list" -> "FRR prefix-list " + words[2];
            case "route" -> "FRR fallback " + words[2];
            default -> "FRR source of " + words[0] + " routes";
        };
    }

    Change change() {
        Change change = Change.state(subject, shown(have), shown(want));
        return cuts() ? change.cuts() : change;
    }

    /** Whether sessions end that are there: of a neighbour that changes its number or goes, or all of an instance. */
    private boolean cuts() {
        return have.stream()
                .anyMatch(line -> FrrOwned.instance(line) != null || line.text().contains(" remote-as "));
    }

    private static @Nullable String shown(List<FrrLine> lines) {
        return lines.isEmpty() ? null : lines.stream().map(FrrLine::shown).collect(Collectors.joining("\n"));
    }

    /** Ends the difference; undone by the commands the other way round. */
    Step step(String vtysh) {
        // Without numbers: each daemon has its own, and one that is given may be another entry's by now.
        List<FrrLine> now = plain(have);
        List<FrrLine> back =
                now.stream().filter(line -> !FrrSecrets.isMasked(line.text())).toList();
        return Step.run(call(vtysh, now, want), call(vtysh, want, back));
    }

    private static Argv call(String vtysh, List<FrrLine> have, List<FrrLine> want) {
        List<String> out = new ArrayList<>(List.of(vtysh, "-c", "configure terminal"));
        for (String command : commands(have, want)) out.addAll(List.of("-c", command));
        return new Argv(out);
    }

    /** New ones first: a list of which nothing is left would let everything pass (lib/plist.c, prefix_list_apply). */
    static List<String> commands(List<FrrLine> have, List<FrrLine> want) {
        Commands commands = new Commands();
        want.forEach(line -> commands.in(line.context()).say(line.text(), FrrConfig.isOpener(line)));
        Set<List<String>> replaced = want.stream().map(FrrDelta::key).collect(Collectors.toSet());
        Set<String> left = new HashSet<>();
        for (FrrLine line : have) {
            if (replaced.contains(key(line))
                    || have.stream().anyMatch(one -> FrrConfig.isOpener(one) && line.isIn(one))) continue;
            String neighbor = FrrOwned.address(line);
            boolean whole = neighbor != null
                    && have.stream().anyMatch(one -> isRemoteAs(one, neighbor) && !replaced.contains(key(one)));
            if (whole) {
                if (left.add(neighbor))
                    commands.in(line.context().subList(0, 1)).say("no neighbor " + neighbor, false);
            } else commands.in(line.context()).say(negated(line.text()), false);
        }
        return commands.out;
    }

    /** What makes a neighbour: without it there is nothing of it. */
    private static boolean isRemoteAs(FrrLine line, String neighbor) {
        return line.text().startsWith("neighbor " + neighbor + " remote-as ");
    }

    private static List<String> key(FrrLine line) {
        List<String> out = new ArrayList<>(line.context());
        Matcher valued = VALUED.matcher(line.text());
        Matcher filter = FILTER.matcher(line.text());
        if (filter.matches()) out.add(filter.group(1) + " " + filter.group(2));
        else out.add(valued.matches() ? valued.group("key") : line.text());
        return out;
    }

    private static String negated(String text) {
        return text.startsWith("no ") ? text.substring(3) : "no " + FrrSecrets.withoutMasked(text);
    }

    /** Commands one after the other, with those between that lead into contexts and out of them. */
    private static final class Commands {
        private final List<String> out = new ArrayList<>();
        private final List<String> at = new ArrayList<>();

        Commands in(List<String> context) {
            while (at.size() > context.size() || !context.subList(0, at.size()).equals(at)) {
                at.removeLast();
                out.add("exit");
            }
            for (String next : context.subList(at.size(), context.size())) {
                at.add(next);
                out.add(next);
            }
            return this;
        }

        void say(String command, boolean opens) {
            out.add(command);
            if (opens) at.add(command);
        }
    }
}
