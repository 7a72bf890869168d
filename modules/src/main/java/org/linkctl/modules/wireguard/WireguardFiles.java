package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/** Where WireGuard's files lie on a host, what is asked about them, and what hosts tell each other. */
public final class WireguardFiles {
    /** 32 bytes in base64 (wg(8): "a base64 key"): 43 digits, the last of which holds four bits, and one pad. */
    public static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=");

    /** A file of one key, as {@code wg genkey} and {@code wg genpsk} write it. */
    public static final Pattern KEY_LINE = Pattern.compile(KEY.pattern() + "\n?");

    /** A pre-shared key of zeros alone is none (wg(8)). */
    static final Pattern ZERO = Pattern.compile("A{43}=\\s*");

    /** The same with white space around it, as a user's secret may come. */
    public static final Pattern KEY_PADDED = Pattern.compile("\\s*" + KEY.pattern() + "\\s*");

    /** How a key of no value is shown by wg(8). */
    public static final String NO_KEY = "(none)";

    /** Rights and owner as {@code stat -c '%a %u:%g'} prints them: read and written by root alone. */
    private static final String ROOTS_OWN = "600 0:0";

    private static final Pattern ACCESS = Pattern.compile("([0-7]{1,4}) ([0-9]+:[0-9]+)");

    private WireguardFiles() {}

    /** The name of a module of one system. */
    public static String module(Os os, String name) {
        return os.name().toLowerCase(Locale.ROOT) + "." + name;
    }

    /** The unit of systemd that brings a tunnel up and down (wg-quick(8)). */
    public static String unit(String tunnel) {
        return "wg-quick@" + tunnel + ".service";
    }

    public static String key(String tunnel) {
        return "/etc/wireguard/" + tunnel + ".key";
    }

    public static String psk(String tunnel) {
        return "/etc/wireguard/" + tunnel + ".psk";
    }

    public static String conf(String tunnel) {
        return "/etc/wireguard/" + tunnel + ".conf";
    }

    /** Names the public key of a tunnel's interface among what a host tells others. */
    public static String publishedKey(String tunnel) {
        return "wireguard." + tunnel + ".public-key";
    }

    /** Names the pre-shared key of a tunnel among what the host of its first end tells the other. */
    public static String publishedPsk(String tunnel) {
        return "wireguard." + tunnel + ".psk";
    }

    /** Names what runs of a tunnel, among what a host tells others: {@link FarView}. */
    public static String publishedLive(String tunnel) {
        return "wireguard." + tunnel + ".live";
    }

    /** Names the pre-shared key that an end uses, in its file and in the kernel. */
    public static String publishedUse(String tunnel) {
        return "wireguard." + tunnel + ".psk-in-use";
    }

    /** Derives the public key on the host: wg(8) reads the private one from stdin, and nothing else ever does. */
    public static Question.Command derivePublicKey(String tunnel) {
        return Question.command("/bin/sh", "-c", "wg pubkey < \"$1\"", "sh", key(tunnel));
    }

    /** Asks for a file's rights and owner; also whether it is there at all. */
    public static Question.Command access(Os os, String path) {
        // stat(1) has another language on each system; both print the same.
        return switch (os) {
            case LINUX -> Question.command("stat", "-c", "%a %u:%g", path);
            case FREEBSD -> Question.command("stat", "-f", "%Lp %u:%g", path);
        };
    }

    /** The answer to {@link #access(Os, String)}; null where there is no such file. */
    public static @Nullable String access(Os os, String path, Answers answers) {
        Answer.Output out = answers.to(access(os, path));
        if (out.ok()) {
            String text = out.stdout().strip();
            if (ACCESS.matcher(text).matches()) return text;
            throw new UnreadableFacts("rights and owner of " + path + ": '" + text + "'; right would be '600 0:0'");
        }
        if (out.stderr().contains("No such file or directory")) return null;
        throw new UnreadableFacts(path + ": " + out.stderr().strip());
    }

    /** A difference, together with what ends it. */
    public record Fix(Change change, List<Step> steps) {
        public Fix {
            steps = List.copyOf(steps);
        }

        public Fix(Change change, Step... steps) {
            this(change, List.of(steps));
        }

        public static List<Change> changes(List<Fix> fixes) {
            return fixes.stream().map(Fix::change).toList();
        }

        public static List<Step> steps(List<Fix> fixes) {
            return fixes.stream().flatMap(fix -> fix.steps().stream()).toList();
        }
    }

    /** What ends it when somebody else than root may read a file of ours. Nothing where the file is right or absent. */
    public static List<Fix> accessFixes(String path, @Nullable String access) {
        if (access == null || access.equals(ROOTS_OWN)) return List.of();
        List<Step> steps = new ArrayList<>();
        String mode = access.substring(0, access.indexOf(' '));
        String owner = access.substring(access.indexOf(' ') + 1);
        if (!owner.equals("0:0")) {
            steps.add(Step.run(Argv.of("chown", "0:0", path), Argv.of("chown", owner, path)));
        }
        steps.add(Step.run(Argv.of("chmod", "0600", path), Argv.of("chmod", mode, path)));
        return List.of(new Fix(Change.state(path + " mode and owner", access, ROOTS_OWN), steps));
    }
}
