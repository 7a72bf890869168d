package org.linkctl.modules.linux.firezonefiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * The programs of a gateway on a host: each version in a folder named by the beginning of its SHA-256, and a link to the one
 * that runs. The version before stays beside it as the way back.
 *
 * @param programs those that are there
 * @param current where the link leads; empty: there is none
 */
public record Versions(List<Program> programs, Optional<String> current) {
    public static final String FOLDER = "/usr/local/lib/linkctl/firezone";

    private static final String NAME = "firezone-gateway";

    /** It leads to a file, not to a folder, so that it can be moved back by one rename(2), too. */
    public static final String LINK = FOLDER + "/" + NAME;

    public static final Versions NONE = new Versions(List.of(), Optional.empty());

    /** As many digits as nobody takes for another version. */
    private static final int DIGITS = 16;

    private static final Question.Command FIND = Question.command(
            "find", FOLDER, "-mindepth", "2", "-maxdepth", "2", "-name", NAME, "-printf", "%m %U %G %p\\n");

    private static final Question.Command LEADS = Question.command("readlink", LINK);

    private static final Pattern LINE = Pattern.compile(
            "(?<access>[0-7]{1,4} [0-9]+ [0-9]+) (?<path>" + FOLDER + "/[0-9a-f]{" + DIGITS + "}/" + NAME + ")");

    /**
     * A program that is there.
     *
     * @param access mode in octal, owner and group by number
     */
    public record Program(String path, String access) {}

    public Versions {
        programs = List.copyOf(programs);
    }

    /** The version's name. */
    public static String version(String sha256) {
        return sha256.substring(0, Math.min(DIGITS, sha256.length()));
    }

    public static String folder(String version) {
        return FOLDER + "/" + version;
    }

    public static String path(String version) {
        return folder(version) + "/" + NAME;
    }

    /** The version of a program, by its path. */
    public static String versionOf(String path) {
        String folder = path.substring(0, path.length() - NAME.length() - 1);
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    public static List<Question<?>> questions() {
        return List.of(FIND, LEADS);
    }

    public static Versions read(Answers answers) {
        return new Versions(programs(answers.to(FIND)), current(answers.to(LEADS)));
    }

    /** find(1) ends with 1 where there is no such folder. */
    private static List<Program> programs(Answer.Output found) {
        if (!found.ok() && !found.stderr().contains("No such file or directory"))
            throw new UnreadableFacts(FIND.argv() + " ended with " + found.exit() + ": "
                    + found.stderr().strip());
        List<Program> out = new ArrayList<>();
        for (String line : found.stdout().lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("programs of a Firezone gateway: '" + line + "'");
            out.add(new Program(match.group("path"), match.group("access")));
        }
        out.sort(java.util.Comparator.comparing(Program::path));
        return out;
    }

    /** readlink(1) ends with 1, and says nothing, where there is no link. */
    private static Optional<String> current(Answer.Output said) {
        if (!said.ok()) return Optional.empty();
        String target = said.stdout().strip();
        if (!target.startsWith("/")) throw new UnreadableFacts(LINK + " leads to '" + target + "'");
        return Optional.of(target);
    }
}
