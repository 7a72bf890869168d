package org.linkctl.modules.frr;

import java.util.regex.Pattern;
import org.linkctl.shell.Content;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Question;

/**
 * Passwords and keys in FRR's configuration, which others may have set: nobody sees them. They are the last word of a command,
 * whose word before them says so: {@code neighbor X password}, {@code area-password clear} (isisd), {@code tcp-md5-auth} (pathd).
 */
public final class FrrSecrets {
    private static final String WORDS = "password|key-string|authentication-key|authentication|md5|tcp-md5-auth|secret";

    /**
     * Commands that hold no secret, and names that somebody chose, of tunnels, sites and lists: one may be "secret". What is masked
     * there would never be what is wanted.
     */
    private static final String NAMES =
            "^ *(no )?((neighbor [^ ]+ )?(description|route-map)|(ip|ipv6) (route|prefix-list)|interface|match|call) ";

    private static final Pattern SECRET =
            Pattern.compile("(?m)(?!" + NAMES + ")^(?<kept>.*?(^|[ -])(" + WORDS + ")) .*$");
    private static final String HIDDEN = "***";

    private FrrSecrets() {}

    static String mask(String text) {
        return SECRET.matcher(text).replaceAll("${kept} " + HIDDEN);
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
        return "config=$(\"$1\" -c 'show running-config') || exit; printf '%s\\n' \"$config\" | sed -E '/" + NAMES
                + "/!" + sed() + "'";
    }

    /** The command of sed(1), with -E, that masks what follows one of the words. */
    static String sed() {
        return "s/(^|[ -])(" + WORDS + ") .*/\\1\\2 " + HIDDEN + "/";
    }
}
