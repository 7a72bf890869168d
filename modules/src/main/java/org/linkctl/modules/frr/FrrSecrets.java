package org.linkctl.modules.frr;

import java.util.regex.Pattern;
import org.linkctl.shell.Content;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Question;

/** Passwords and keys in FRR's configuration, which others may have set: nobody sees them. */
public final class FrrSecrets {
    private static final String WORDS = "password|key-string|authentication-key|authentication|md5|secret";
    private static final Pattern SECRET = Pattern.compile("(?m)(^| )(" + WORDS + ") .*$");
    private static final String HIDDEN = "***";

    private FrrSecrets() {}

    static String mask(String text) {
        return SECRET.matcher(text).replaceAll("$1$2 " + HIDDEN);
    }

    /** A command without the value that was masked, which it need not have to be taken back. */
    static String withoutMasked(String text) {
        return text.replaceFirst(" \\*\\*\\*$", "");
    }

    static boolean isMasked(String text) {
        return text.endsWith(" " + HIDDEN);
    }

    /** A file's content that is hidden where it holds a secret. */
    static Content content(String text) {
        return mask(text).equals(text) ? Content.of(text) : Content.of(new Secret(text));
    }

    /** Prints the configuration that FRR runs with, with secrets masked on the host. */
    public static Question.Command running(String vtysh) {
        return Question.command("/bin/sh", "-c", script(), "sh", vtysh);
    }

    /** The program of {@link #running}. */
    public static String script() {
        return "config=$(\"$1\" -c 'show running-config') || exit; printf '%s\\n' \"$config\" | sed -E 's/(^| )("
                + WORDS + ") .*/\\1\\2 " + HIDDEN + "/'";
    }
}
