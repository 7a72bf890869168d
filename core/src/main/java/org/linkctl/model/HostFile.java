package org.linkctl.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * A file that a host has as it is declared. One of {@code text}, {@code from} and {@code secret} is given.
 *
 * @param from the file in the inventory's folder that holds the text
 * @param content what {@code text} or {@code from} says; null: it is secret, or could not be read, which is an error of its
 *     own
 * @param secret whose text is the whole file
 * @param mode four octal digits
 * @param group null: the group of root, which each system names in its way
 */
public record HostFile(
        String host,
        String path,
        @Nullable String text,
        @Nullable String from,
        @Nullable String content,
        @Nullable SecretRef secret,
        String mode,
        String owner,
        @Nullable String group,
        Place at)
        implements HostIntent {
    public static final String MODE = "0644";

    /** Where the text is a secret. */
    public static final String SECRET_MODE = "0600";

    public static final String OWNER = "root";

    /** Neither white space nor what a shell reads; = stands for / in names of what is kept. */
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_.@+][A-Za-z0-9_.@+-]*)+");

    /** Of a name on a host there are 255 characters at most (NAME_MAX), and what is kept has one name for the whole path. */
    private static final int LONGEST_PATH = 200;

    private static final Pattern PERMISSIONS = Pattern.compile("0[0-7]{3}");

    private static final Pattern THREE_DIGITS = Pattern.compile("[0-7]{3}");

    /** useradd(8), CAVEATS; pw(8). */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,30}");

    private static final String ACCOUNT_RIGHT = "small letters, digits, _ and -, 31 at most, the first no digit";

    /** Read back with all other answers of a host, and sent within a script. */
    private static final int LONGEST_TEXT = 1 << 18;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern REFERENCE = Pattern.compile("secret\\('[^'\\n]*'\\)");

    @Override
    public String subject() {
        return "file " + path;
    }

    @Override
    public List<Wrong> wrong() {
        List<Wrong> out = new ArrayList<>();
        if (!isPath(path)) {
            String right =
                    "an absolute path such as '/etc/snmp/snmpd.conf': letters, digits and _ . @ + - in its parts, no . and ..,"
                            + " " + LONGEST_PATH + " characters at most";
            out.add(new Wrong("name", path, "is no path of a file", right));
        } else {
            ReservedPaths.why(path).ifPresent(why -> out.add(new Wrong("name", path, "is not written as a file", why)));
        }
        if (content != null) contentWrong(content, text != null ? "text" : "from", out);
        modeWrong(out);
        if (!ACCOUNT.matcher(owner).matches())
            out.add(new Wrong("owner", owner, "is no name of a user", ACCOUNT_RIGHT));
        if (group != null && !ACCOUNT.matcher(group).matches())
            out.add(new Wrong("group", group, "is no name of a group", ACCOUNT_RIGHT));
        return out;
    }

    private void modeWrong(List<Wrong> out) {
        if (THREE_DIGITS.matcher(mode).matches()) {
            out.add(new Wrong("mode", mode, "is no mode", "four octal digits, the first 0: '0" + mode + "'"));
        } else if (!PERMISSIONS.matcher(mode).matches()) {
            out.add(new Wrong("mode", mode, "is no mode", "four octal digits, the first 0, such as '0644' or '0600'"));
        } else if ("2367".indexOf(mode.charAt(mode.length() - 1)) >= 0) {
            out.add(new Wrong("mode", mode, "lets every user of the host change it", "such as '0644' or '0755'"));
        } else if (secret != null && !mode.endsWith("0")) {
            String right = "'" + SECRET_MODE + "', or '0640' with the group: that may read it";
            out.add(new Wrong("mode", mode, "lets every user of the host at a secret", right));
        }
    }

    private void contentWrong(String content, String attribute, List<Wrong> out) {
        var control = CONTROL.matcher(content);
        var reference = REFERENCE.matcher(content);
        if (control.find()) {
            String right =
                    "a text: the only control characters are line feed and tab (a line ends in a line feed alone)";
            out.add(new Wrong(attribute, control.group(), "is a control character", right));
        } else if (text != null && reference.find()) {
            String right = "a text holds no secret; secret: secret('name') has the whole file be one";
            out.add(new Wrong(attribute, reference.group(), "would be written as it stands", right));
        } else if (content.length() > LONGEST_TEXT) {
            String right = LONGEST_TEXT / 1024 + " KiB at most";
            out.add(new Wrong(attribute, content.substring(0, 20) + "…", "is too long for a file", right));
        }
    }

    /** Whether a text is a path as {@code file} takes it. */
    static boolean isPath(String path) {
        return PATH.matcher(path).matches()
                && path.length() <= LONGEST_PATH
                && Arrays.stream(path.split("/", -1)).noneMatch(part -> part.equals(".") || part.equals(".."));
    }
}
