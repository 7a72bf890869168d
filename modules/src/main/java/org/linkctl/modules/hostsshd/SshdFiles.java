package org.linkctl.modules.hostsshd;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;

/**
 * Where linkctl's lines stand. Of several values for a keyword sshd takes the first (sshd_config(5)): where its main file includes
 * others, they stand in one of these, whose name comes first; where it does not, as on FreeBSD, at the head of the main file.
 */
final class SshdFiles {
    static final String MAIN = "/etc/ssh/sshd_config";
    static final String FOLDER = "/etc/ssh/sshd_config.d";
    static final String DROP_IN = FOLDER + "/00-linkctl.conf";

    private static final String END = "# End of what linkctl made.";
    private static final Pattern WORDS = Pattern.compile("[\\s=]+");

    /** Also behind a value (sshd_config(5), since OpenSSH 8.5). */
    private static final Pattern COMMENT = Pattern.compile("\\s#.*");

    /** As the file names them, which stand in /etc/ssh where they have no folder of their own. */
    private static final List<String> INCLUDED = List.of(FOLDER + "/*.conf", "sshd_config.d/*.conf", FOLDER + "/*");

    private SshdFiles() {}

    /** The line, counted from 1, by which the main file includes the drop-in for all users; 0: none does. */
    static int include(String main) {
        int number = 0;
        for (String line : main.lines().toList()) {
            number++;
            List<String> words = words(line);
            if (words.getFirst().equals("match")) return 0;
            if (!words.getFirst().equals("include")) continue;
            if (words.stream().skip(1).anyMatch(INCLUDED::contains)) return number;
        }
        return 0;
    }

    /** Whether sshd reads a file for all users, where the main file's line {@link #include} names the folder, or none does. */
    static boolean isRead(String main, String path) {
        if (path.equals(MAIN)) return true;
        int at = include(main);
        if (at == 0 || path.lastIndexOf('/') != FOLDER.length()) return false;
        List<String> words = words(main.lines().skip(at - 1).findFirst().orElse(""));
        return path.endsWith(".conf") || words.contains(FOLDER + "/*");
    }

    /** The keyword, in small letters, and its values. */
    static List<String> words(String line) {
        String[] words =
                WORDS.split(COMMENT.matcher(line).replaceFirst("").strip().replace("\"", ""), -1);
        List<String> out = new ArrayList<>(List.of(words));
        out.set(0, out.getFirst().toLowerCase(Locale.ROOT));
        return out;
    }

    /** The drop-in with these lines; null: there is none. */
    static @Nullable String dropIn(List<String> lines) {
        return lines.isEmpty() ? null : OurFiles.MARK + "\n" + String.join("\n", lines) + "\n";
    }

    /** The main file with these lines at its head, and nowhere else; none: without linkctl's. */
    static String withHead(String main, List<String> lines) {
        StringBuilder out = new StringBuilder();
        if (!lines.isEmpty())
            out.append(OurFiles.MARK)
                    .append('\n')
                    .append(String.join("\n", lines))
                    .append('\n')
                    .append(END)
                    .append('\n');
        boolean within = false;
        for (String line : main.lines().toList()) {
            if (line.equals(OurFiles.MARK)) within = true;
            else if (within && line.equals(END)) within = false;
            else if (!within) out.append(line).append('\n');
        }
        return main.contains(OurFiles.MARK) || !lines.isEmpty() ? out.toString() : main;
    }

    /** The lines of the main file, counted from 1, that are linkctl's. */
    static boolean isOurs(String main, int number) {
        boolean within = false;
        int at = 0;
        for (String line : main.lines().toList()) {
            at++;
            if (line.equals(OurFiles.MARK)) within = true;
            if (at == number) return within;
            if (line.equals(END)) within = false;
        }
        return false;
    }
}
