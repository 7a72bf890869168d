package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.net.Ip;

/**
 * The hosts that stand as one in an inventory of Ansible's: {@code web[01:03].example:2222}, {@code db-[a:c]},
 * {@code [2001:db8::1]:22} (docs.ansible.com, "How to build your inventory"; ansible.parsing.utils.addresses and
 * expand_hostname_range of ansible.plugins.inventory).
 *
 * @param port what stands behind; empty: none does
 */
record AnsiblePattern(List<String> names, String port) {
    private static final Pattern BRACKETED = Pattern.compile("\\[(?<host>[^\\[\\]]+)](?::(?<port>[0-9]+))?");
    private static final Pattern WITH_PORT = Pattern.compile("(?<host>(?:[^:\\[\\]]|\\[[^\\]]+])+):(?<port>[0-9]+)");

    /** The order in which a range of letters runs. */
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** More than anybody has: two ranges in one name are as many as their product. */
    private static final int MOST = 100_000;

    AnsiblePattern {
        names = List.copyOf(names);
    }

    /** A range that says no hosts; the message says why. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String pattern, String why) {
            super("'" + Names.shown(pattern) + "' names no hosts: " + why);
        }
    }

    static AnsiblePattern read(String text) throws Unreadable {
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.matches() && isAddress(bracketed.group("host")))
            return new AnsiblePattern(List.of(bracketed.group("host")), orEmpty(bracketed.group("port")));
        if (isAddress(text)) return new AnsiblePattern(List.of(text), "");
        Matcher withPort = WITH_PORT.matcher(text);
        boolean port = withPort.matches();
        return new AnsiblePattern(
                expanded(text, port ? withPort.group("host") : text), port ? withPort.group("port") : "");
    }

    /** Whether a line that begins with a bracket is for hosts, and no section. */
    static boolean isBracketed(String text) {
        Matcher bracketed = BRACKETED.matcher(text);
        return bracketed.matches()
                && isAddress(bracketed.group("host"))
                && bracketed.group("host").indexOf(':') >= 0;
    }

    private static boolean isAddress(String text) {
        int zone = text.indexOf('%');
        return Ip.parse(zone < 0 ? text : text.substring(0, zone)).isPresent();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> expanded(String whole, String pattern) throws Unreadable {
        int open = pattern.indexOf('[');
        if (open < 0) return List.of(pattern);
        int close = pattern.indexOf(']', open);
        if (close < 0) throw new Unreadable(whole, "its [ has no ]");
        List<String> range = range(whole, pattern.substring(open + 1, close).split(":", -1));
        List<String> rest = expanded(whole, pattern.substring(close + 1));
        if ((long) range.size() * rest.size() > MOST) throw new Unreadable(whole, "they would be more than " + MOST);
        List<String> out = new ArrayList<>();
        for (String one : range) for (String end : rest) out.add(pattern.substring(0, open) + one + end);
        return out;
    }

    private static List<String> range(String whole, String[] words) throws Unreadable {
        if (words.length < 2 || words.length > 3)
            throw new Unreadable(whole, "a range is [begin:end] or [begin:end:step]");
        String begin = words[0].isEmpty() ? "0" : words[0];
        String end = words[1];
        if (words.length > 2 && !words[2].matches("[1-9][0-9]{0,4}"))
            throw new Unreadable(whole, "the step of a range is a number above 0");
        int step = words.length > 2 ? Integer.parseInt(words[2]) : 1;
        List<String> out = letters(begin, end) ? lettersOf(begin, end, step) : numbers(whole, begin, end, step);
        if (out.isEmpty()) throw new Unreadable(whole, "the range ends before it begins");
        return out;
    }

    private static boolean letters(String begin, String end) {
        return begin.length() == 1 && end.length() == 1 && LETTERS.contains(begin) && LETTERS.contains(end);
    }

    private static List<String> lettersOf(String begin, String end, int step) {
        List<String> out = new ArrayList<>();
        for (int i = LETTERS.indexOf(begin); i <= LETTERS.indexOf(end); i += step) out.add(LETTERS.substring(i, i + 1));
        return out;
    }

    private static List<String> numbers(String whole, String begin, String end, int step) throws Unreadable {
        if (!begin.matches("[0-9]{1,6}") || !end.matches("[0-9]{1,6}"))
            throw new Unreadable(whole, "a range is of two numbers, or of two letters");
        boolean filled = begin.length() > 1 && begin.startsWith("0");
        if (filled && begin.length() != end.length())
            throw new Unreadable(whole, "with a 0 before it, both ends of a range have as many digits");
        List<String> out = new ArrayList<>();
        for (int i = Integer.parseInt(begin); i <= Integer.parseInt(end); i += step)
            out.add(filled ? ("%0" + begin.length() + "d").formatted(i) : Integer.toString(i));
        return out;
    }
}
