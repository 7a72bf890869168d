package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.engine.Drain;
import org.linkctl.engine.HostPlan;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * The paths that were taken out of service on a host: a file for each in the folder {@code drained} of linkctl's home
 * ({@link org.linkctl.spi.Scope#HELD}), whose one line says since when, by whom and with which inventory.
 */
record HeldPaths(String folder, Map<String, Mark> marks) {
    static final String ID = Drain.MARKS;

    private static final Pattern LINE = Pattern.compile("(?<since>\\S+) by (?<by>.*?) with (?<fabric>.+)");

    /**
     * A file's name and a line of it: a tunnel, or a host by {@link org.linkctl.spi.Resource#through} or {@code place}. A
     * tunnel may be called so too: its line begins with a year, which no host's name is followed by.
     */
    private static final Pattern NAMED =
            Pattern.compile("(?<path>(?:host|place)(?=:[0-9]{4}-[0-9]{2}-[0-9]{2}T[^:]*:[^:]*:\\S* by )"
                    + "|(?:host:|place:)?[A-Za-z0-9_][A-Za-z0-9_.=+-]*):(?<text>.*)");

    /**
     * A mark.
     *
     * @param text the line
     * @param said for messages; empty: the line is not one that linkctl wrote
     */
    record Mark(String text, String said, String fabric) {}

    static Question.Command question(String home) {
        return Question.command("grep", "-rH", "", folder(home));
    }

    private static String folder(String home) {
        return home + "/drained";
    }

    /** Where the host was not asked, nothing is held. */
    static HeldPaths read(String home, Answers answers) {
        String folder = folder(home);
        Map<String, Mark> marks = new TreeMap<>();
        if (!(answers.byQuestion().get(question(home)) instanceof Answer.Output said))
            return new HeldPaths(folder, marks);
        boolean missing =
                said.stdout().isEmpty() && (said.exit() == 1 || said.stderr().contains("No such file or directory"));
        if (missing) return new HeldPaths(folder, marks);
        if (!said.ok()) throw new UnreadableFacts(folder + ": " + said.stderr().strip());
        for (String line : said.stdout().lines().toList()) {
            if (!line.startsWith(folder + "/")) throw new UnreadableFacts(folder + ": '" + line + "'");
            Matcher found = NAMED.matcher(line.substring(folder.length() + 1));
            // A temporary file that a crash has left behind is no mark.
            if (found.matches()) marks.putIfAbsent(found.group("path"), mark(found.group("text")));
        }
        return new HeldPaths(folder, marks);
    }

    private static Mark mark(String text) {
        Matcher found = LINE.matcher(text);
        if (!found.matches()) return new Mark(text, "drained", "");
        return new Mark(
                text, "drained by " + found.group("by") + " since " + found.group("since"), found.group("fabric"));
    }

    /** The line of a mark that is set now. */
    static String line(Map<String, String> about, String fabric) {
        String who = about.getOrDefault("who", "somebody") + "@" + about.getOrDefault("from", "somewhere");
        String since = about.getOrDefault("started", "-");
        return (since + " by " + who + " with " + fabric).replaceAll("\\p{Cntrl}+", " ");
    }

    /** What `linkctl verify` says: it was done on purpose, and is not for good. */
    List<Finding> findings() {
        List<Finding> out = new ArrayList<>();
        marks.forEach((path, mark) -> out.add(Finding.doubtful(shown(path), mark.said())));
        return out;
    }

    static String said(Map<String, Mark> marks, String path) {
        return Objects.requireNonNull(marks.get(path)).said();
    }

    /** A path as messages name it. */
    static String shown(String path) {
        int colon = path.indexOf(':');
        if (colon < 0) return "tunnel " + path;
        return path.startsWith("host:") ? "this host" : "publishing to " + path.substring(colon + 1);
    }

    Set<String> paths() {
        return new LinkedHashSet<>(marks.keySet());
    }

    private String file(String path) {
        return folder + "/" + path;
    }

    /** That a mark is set. */
    HostPlan.Item addition(String path, String line) {
        String text = line + "\n";
        return item(path, Change.file(file(path), null, text), Step.put(file(path), "0644", text));
    }

    /** That a mark goes. */
    HostPlan.Item removal(String path) {
        Mark mark = Objects.requireNonNull(marks.get(path));
        return item(path, Change.file(file(path), mark.text() + "\n", null), new Step.RemoveFile(file(path)));
    }

    private static HostPlan.Item item(String path, Change change, Step step) {
        return new HostPlan.Item(ID, Drain.mark(path), List.of(change), List.of(step), List.of(), List.of(), true);
    }
}
