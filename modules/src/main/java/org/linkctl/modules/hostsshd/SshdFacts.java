package org.linkctl.modules.hostsshd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.hostfiles.PathState;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What a host has of sshd.
 *
 * @param main the main file; null: there is none
 * @param paths the main file and its folders
 * @param effective what {@code sshd -T} prints, by keyword; empty: the host has no sshd
 * @param lines those of all files that are about the keywords, by file
 * @param runs the command line of what takes connections; null: nothing has noted its process id
 * @param newer files that were written since it read its configuration
 * @param login whom linkctl logs in as; null: not known
 * @param loginIsRoot whether that user's number is 0, whatever the name
 */
record SshdFacts(
        @Nullable String main,
        @Nullable String dropIn,
        PathState paths,
        Map<String, Set<String>> effective,
        List<Line> lines,
        @Nullable String runs,
        Set<String> newer,
        @Nullable String login,
        boolean loginIsRoot,
        Set<String> groups) {
    /** In place of a command line: each connection has an sshd of its own, which reads the files then. */
    static final String ANEW = "anew for each connection";

    /** A line of a file, counted from 1. */
    record Line(String path, int number, String text) {
        /** In small letters, and the later one of two names for the same (sshd_config(5), KbdInteractiveAuthentication). */
        String keyword() {
            String word = SshdFiles.words(text).getFirst();
            return word.equals("challengeresponseauthentication") ? "kbdinteractiveauthentication" : word;
        }

        Set<String> values() {
            String line = SshdWant.adds(keyword()) ? text : text.toLowerCase(Locale.ROOT);
            return SshdWant.values(SshdFiles.words(line));
        }

        @Override
        public String toString() {
            return "'" + text.strip() + "' (" + path + ", line " + number + ")";
        }
    }

    private static final Question.ReadFile MAIN = Question.file(SshdFiles.MAIN);
    private static final Question.ReadFile DROP_IN = Question.file(SshdFiles.DROP_IN);
    private static final Question.Command EFFECTIVE = Question.command("/usr/sbin/sshd", "-T");
    private static final Question.Command LINES = Question.command(
            "grep",
            "-rinE",
            "^[[:space:]]*(match|passwordauthentication|kbdinteractiveauthentication|challengeresponseauthentication"
                    + "|permitrootlogin|allowusers|allowgroups|maxauthtries)[[:space:]=]",
            SshdFiles.MAIN,
            SshdFiles.FOLDER);
    private static final Question.Command RUNNING = Question.command(SshdPrograms.running());
    private static final Question.Command LOGIN = Question.command(SshdPrograms.login());

    private static final Pattern LINE = Pattern.compile("(?<path>/[^:]+):(?<number>[0-9]{1,6}):(?<text>.+)");
    private static final Pattern SETTING = Pattern.compile("(?<key>[a-z0-9]+)(?: (?<value>.*))?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]*");

    SshdFacts {
        effective = Map.copyOf(effective);
        lines = List.copyOf(lines);
        newer = Set.copyOf(newer);
        groups = Set.copyOf(groups);
    }

    static List<Question<?>> questions(SshdWant want) {
        return List.of(
                MAIN, DROP_IN, PathState.question(want.system(), SshdFiles.MAIN), EFFECTIVE, LINES, RUNNING, LOGIN);
    }

    static SshdFacts read(SshdWant want, Answers answers) {
        List<String> running = answers.stdout(RUNNING).lines().toList();
        List<String> login = answers.stdout(LOGIN).lines().toList();
        if (login.size() != 3
                || !NAME.matcher(login.getFirst()).matches()
                || !NUMBER.matcher(login.get(1)).matches())
            throw new UnreadableFacts("whom linkctl logs in as: not a name, its number and its groups");
        return new SshdFacts(
                answers.to(MAIN).orElse(null),
                answers.to(DROP_IN).orElse(null),
                PathState.read(want.system(), SshdFiles.MAIN, answers),
                effective(answers),
                lines(answers.to(LINES)),
                runs(running),
                newer(running),
                login.getFirst(),
                login.get(1).equals("0"),
                Set.of(login.getLast().split(" ", -1)));
    }

    /** The lines that are not linkctl's, of the files that sshd reads. */
    List<Line> others() {
        return lines.stream()
                .filter(line -> SshdFiles.isRead(String.valueOf(main), line.path()))
                .filter(line -> !isOurs(line))
                .sorted(Comparator.comparing(Line::path).thenComparingInt(Line::number))
                .toList();
    }

    private boolean isOurs(Line line) {
        return line.path().equals(SshdFiles.DROP_IN)
                || (line.path().equals(SshdFiles.MAIN) && SshdFiles.isOurs(String.valueOf(main), line.number()));
    }

    /** What linkctl's lines say something about, in small letters. */
    Set<String> ours() {
        return lines.stream().filter(this::isOurs).map(Line::keyword).collect(Collectors.toSet());
    }

    /** The lines of others for all logins that are about a keyword, in the order in which sshd reads them. */
    List<Line> others(String keyword) {
        int include = SshdFiles.include(String.valueOf(main));
        Comparator<Line> read = Comparator.comparingInt(
                line -> !line.path().equals(SshdFiles.MAIN) ? 1 : line.number() < include ? 0 : 2);
        return others(false).stream()
                .filter(line -> line.keyword().equals(keyword))
                .sorted(read.thenComparing(Line::path).thenComparingInt(Line::number))
                .toList();
    }

    /** Of these, those that are for some logins alone, or those that are for all. */
    List<Line> others(boolean inMatch) {
        List<Line> out = new ArrayList<>();
        String path = "";
        boolean within = false;
        for (Line line : others()) {
            if (!line.path().equals(path)) within = false;
            path = line.path();
            if (line.keyword().equals("match")) within = true;
            else if (within == inMatch) out.add(line);
        }
        return out;
    }

    /** Files of others that sshd would read anew with linkctl's. */
    List<String> pending() {
        String text = String.valueOf(main);
        return newer.stream()
                .filter(path -> SshdFiles.isRead(text, path) && !path.equals(SshdFiles.DROP_IN))
                .filter(path -> !path.equals(SshdFiles.MAIN) || !text.contains(OurFiles.MARK))
                .sorted()
                .toList();
    }

    private static Map<String, Set<String>> effective(Answers answers) {
        if (answers.to(EFFECTIVE).exit() == 127) return Map.of();
        Map<String, Set<String>> out = new LinkedHashMap<>();
        for (String line : answers.stdout(EFFECTIVE).lines().toList()) {
            Matcher match = SETTING.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("sshd -T: '" + line + "'");
            Set<String> values = out.computeIfAbsent(match.group("key"), _ -> new LinkedHashSet<>());
            Optional.ofNullable(match.group("value"))
                    .ifPresent(value -> values.addAll(SshdWant.values(SshdFiles.words("x " + value))));
        }
        if (!out.containsKey("permitrootlogin")) throw new UnreadableFacts("sshd -T: no permitrootlogin");
        return out;
    }

    /** grep(1) ends with 1 where it finds nothing, and with 2 where a file is not there. */
    private static List<Line> lines(Answer.Output said) {
        if (said.exit() > 2) throw new UnreadableFacts("grep ended with " + said.exit());
        List<Line> out = new ArrayList<>();
        for (String line : said.stdout().lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("grep: '" + line + "'");
            out.add(new Line(match.group("path"), Integer.parseInt(match.group("number")), match.group("text")));
        }
        return out;
    }

    private static @Nullable String runs(List<String> said) {
        if (said.isEmpty()) return null;
        if (!said.getFirst().startsWith("runs ")) throw new UnreadableFacts("sshd: '" + said.getFirst() + "'");
        return said.getFirst().substring("runs ".length());
    }

    private static Set<String> newer(List<String> said) {
        Set<String> out = new LinkedHashSet<>(said.subList(Math.min(1, said.size()), said.size()));
        if (!out.stream().allMatch(path -> path.equals(SshdFiles.MAIN) || path.startsWith(SshdFiles.FOLDER + "/")))
            throw new UnreadableFacts("find: " + out);
        return out;
    }
}
