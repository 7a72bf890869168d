package org.linkctl.modules.freebsd.pkg;

import java.util.List;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** Whether a package is installed, and who needs it (pkg-query(8)). */
public final class InstalledPackage {
    /** The base system's pkg(7) says so while nobody has installed pkg(8) itself: then nothing is installed. */
    private static final String NO_MANAGER = "not yet installed";

    private InstalledPackage() {}

    public static Question.Command question(String name) {
        return Question.command("pkg", "query", "%n", name);
    }

    /** Packages that need it, one in a line. */
    public static Question.Command needed(String name) {
        return Question.command("pkg", "query", "%rn", name);
    }

    /** pkg-query(8) prints nothing of what is not installed, and fails. */
    public static boolean isThere(String name, Answers answers) {
        Answer.Output said = answers.to(question(name));
        String printed = said.stdout().strip();
        if (said.ok() && printed.equals(name)) return true;
        boolean nothing = printed.isEmpty() && said.stderr().isBlank();
        boolean bare = (said.stdout() + said.stderr()).contains(NO_MANAGER);
        if (!said.ok() && said.exit() != 127 && (nothing || bare)) return false;
        throw new UnreadableFacts(
                "pkg query %n " + name + " ended with " + said.exit() + ": " + (said.stderr() + printed).strip());
    }

    /** @return names; empty where nobody needs it, or it is not installed */
    public static List<String> neededBy(String name, Answers answers) {
        Answer.Output said = answers.to(needed(name));
        boolean absent = !isThere(name, answers);
        if (absent) return List.of();
        List<String> lines = said.stdout().lines().toList();
        boolean names = lines.stream().allMatch(line -> line.matches("[A-Za-z0-9][A-Za-z0-9+._-]*"));
        if (!names || !said.stderr().isBlank() || said.exit() > 125)
            throw new UnreadableFacts("pkg query %rn " + name + " ended with " + said.exit() + ": "
                    + (said.stderr() + said.stdout()).strip());
        return lines;
    }
}
