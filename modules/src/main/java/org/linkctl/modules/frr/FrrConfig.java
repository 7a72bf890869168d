package org.linkctl.modules.frr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads FRR's configuration, as {@code show running-config} prints it and as people write it: with blanks in front of what
 * stands in a context, or without.
 */
final class FrrConfig {
    private static final Pattern OPENS = Pattern.compile(
            "router .*|route-map \\S+ (?:permit|deny) \\d+|bfd|interface .*"
                    + "|vrf .*|key chain .*|line .*|nexthop-group .*|pbr-map .*|mpls ldp|segment-routing|l2vpn .*|rpki");

    private static final Pattern OPENS_INSIDE = Pattern.compile("address-family .*|profile .*|peer .*|vni .*|key \\d+");

    private static final Pattern LEADS = Pattern.compile("bfd|address-family .*");

    /** What stands in a context also without blanks in front of it. */
    private static final Pattern INSIDE = Pattern.compile("(?:no )?(?:neighbor|bgp|network|aggregate-address"
            + "|redistribute|timers|maximum-paths|address-family|match|set|on-match|call|profile|peer"
            + "|transmit-interval|receive-interval|detect-multiplier)(?: .*)?");

    /** Lines that say nothing of the configuration: comments, and what vtysh(1) prints around it. */
    private static final Pattern NOTHING =
            Pattern.compile("|!.*|#.*|Building configuration\\.\\.\\.|Current configuration:");

    /** A context that is open. */
    private record Open(int indent, String text) {}

    /**
     * A line of a text.
     *
     * @param raw as it is
     * @param line what it says; null: nothing
     */
    record Numbered(String raw, @Nullable FrrLine line) {}

    private FrrConfig() {}

    /** What it says, without commands that only lead to others: they are in the contexts of these. */
    static List<FrrLine> lines(String text) {
        List<FrrLine> out = new ArrayList<>();
        for (Numbered one : numbered(text)) {
            FrrLine line = one.line();
            if (line != null && !LEADS.matcher(line.text()).matches()) out.add(line);
        }
        return out;
    }

    /** Every line of the text, those that say nothing included. */
    static List<Numbered> numbered(String text) {
        List<Numbered> out = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        for (String raw : text.lines().toList()) out.add(new Numbered(raw, read(raw, open)));
        return out;
    }

    private static @Nullable FrrLine read(String raw, Deque<Open> open) {
        String text = raw.strip().replaceAll("\\s+", " ");
        if (NOTHING.matcher(text).matches()) return null;
        int indent = raw.length() - raw.stripLeading().length();
        if (text.equals("end")) {
            open.clear();
            return null;
        }
        if (text.startsWith("exit")) {
            while (!open.isEmpty() && open.peek().indent() > indent) open.pop();
            if (!open.isEmpty() && open.peek().indent() == indent) open.pop();
            return null;
        }
        boolean stays = indent == 0 && INSIDE.matcher(text).matches();
        while (!open.isEmpty()
                && open.peek().indent() >= indent
                && !(stays && open.peek().indent() == indent)) open.pop();
        FrrLine line = new FrrLine(context(open), text);
        if (isOpener(line)) open.push(new Open(indent, text));
        return line;
    }

    private static List<String> context(Deque<Open> open) {
        List<String> out = new ArrayList<>();
        for (Iterator<Open> outer = open.descendingIterator(); outer.hasNext(); )
            out.add(outer.next().text());
        return out;
    }

    /** The text of lines, each context opened and left as FRR writes it. */
    static String text(List<FrrLine> lines) {
        StringBuilder out = new StringBuilder();
        List<String> at = List.of();
        for (FrrLine line : lines) {
            at = move(out, at, line.context());
            out.append(" ".repeat(at.size())).append(line.text()).append('\n');
            boolean opens = lines.stream().anyMatch(other -> other.context().equals(line.path()));
            if (opens || isOpener(line)) at = line.path();
        }
        move(out, at, List.of());
        return out.toString();
    }

    static boolean isOpener(FrrLine line) {
        return switch (line.context().size()) {
            case 0 -> OPENS.matcher(line.text()).matches();
            case 1 -> OPENS_INSIDE.matcher(line.text()).matches();
            default -> false; // such as the profile of a peer of BFD
        };
    }

    private static List<String> move(StringBuilder out, List<String> from, List<String> to) {
        List<String> at = new ArrayList<>(from);
        while (at.size() > to.size() || !to.subList(0, at.size()).equals(at)) {
            String left = at.removeLast();
            out.append(" ".repeat(at.size()))
                    .append(left.startsWith("address-family ") ? "exit-address-family" : "exit");
            out.append('\n');
        }
        for (String next : to.subList(at.size(), to.size())) {
            out.append(" ".repeat(at.size())).append(next).append('\n');
            at.add(next);
        }
        return at;
    }
}
