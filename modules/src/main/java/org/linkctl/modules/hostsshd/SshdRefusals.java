package org.linkctl.modules.hostsshd;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.HostSshd;
import org.linkctl.model.Os;
import org.linkctl.spi.Refused;

/** What a host has of sshd that linkctl does not touch, and what would lock linkctl out. */
final class SshdRefusals {
    /** As sshd shows itself in ps(1) while it listens. */
    private static final Pattern LISTENER =
            Pattern.compile("(?:sshd: )?(?<program>/\\S*sshd)(?<options>[^\\[]*)(?:\\[listener].*)?");

    /** Values of PermitRootLogin by which no shell is had. */
    private static final Set<String> ROOT_STAYS_OUT = Set.of("no", "forced-commands-only");

    private static final Pattern PATTERN = Pattern.compile("[*?!]");

    private SshdRefusals() {}

    static void refuse(SshdWant want, HostSshd sshd, SshdFacts have) {
        if (have.effective().isEmpty())
            throw new Refused(
                    "the host has no /usr/sbin/sshd: how another SSH server lets users in linkctl does not say");
        if (have.main() == null || !have.paths().isFile(SshdFiles.MAIN))
            throw new Refused(SshdFiles.MAIN + " is not there, or no regular file");
        running(want, have);
        keys(sshd, have);
        String login = have.login();
        if (login == null) return;
        if (sshd.keepsOut(login) || (have.loginIsRoot() && sshd.rootLogin() == HostSshd.RootLogin.NO))
            throw new Refused("linkctl logs in as " + login + " there, whom this would lock out: "
                    + (sshd.allowUsers().isEmpty() || sshd.allowUsers().contains(login)
                            ? "rootLogin: KEYS, or a login by another user"
                            : "name " + login + " in allowUsers:"));
        Set<String> groups = new HashSet<>(have.groups());
        groups.addAll(want.groups().getOrDefault(login, List.of()));
        groups.retainAll(sshd.allowGroups());
        if (!sshd.allowGroups().isEmpty() && groups.isEmpty())
            throw new Refused(
                    "linkctl logs in as " + login + " there, who is in none of the groups of allowGroups:, but in "
                            + String.join(", ", new TreeSet<>(have.groups())));
    }

    /** Without passwords there has to be another way in, and linkctl's is a key. */
    private static void keys(HostSshd sshd, SshdFacts have) {
        if (!Boolean.FALSE.equals(sshd.passwordLogin())) return;
        if (have.effective().getOrDefault("pubkeyauthentication", Set.of()).contains("no"))
            throw new Refused("passwordLogin: false would lock everybody out: sshd takes no keys there"
                    + " (PubkeyAuthentication no)");
        Set<String> methods = have.effective().getOrDefault("authenticationmethods", Set.of("any"));
        if (methods.stream().allMatch(SshdRefusals::needsPassword))
            throw new Refused("passwordLogin: false would lock everybody out: a login has to give a password there"
                    + " (AuthenticationMethods " + String.join(" ", methods) + ")");
    }

    private static boolean needsPassword(String methods) {
        return Arrays.stream(methods.split(",", -1))
                .anyMatch(one -> one.equals("password") || one.startsWith("keyboard-interactive"));
    }

    /** What somebody else has written and not put in force is not put in force by the way: it may name an address not there. */
    static void pending(SshdFacts have) {
        if (have.pending().isEmpty()) return;
        throw new Refused(
                String.join(", ", have.pending()) + " changed since sshd read its configuration: with linkctl's"
                        + " lines it would read that, too; have it read that first (systemctl reload ssh, or sshd; service sshd"
                        + " reload), or change it back");
    }

    private static void running(SshdWant want, SshdFacts have) {
        if (SshdFacts.ANEW.equals(have.runs())) return;
        if (have.runs() == null)
            throw new Refused("no sshd has noted its process id there (PidFile in sshd_config(5)): it cannot be told to"
                    + " read its configuration again");
        Matcher match = LISTENER.matcher(have.runs());
        boolean plain = match.matches() && "/usr/sbin/sshd".equals(match.group("program"));
        String options = plain ? String.valueOf(match.group("options")) : "";
        boolean elsewhere = Arrays.stream(options.strip().split("\\s+", -1)).anyMatch(word -> word.startsWith("-f"));
        boolean said = want.effective().keySet().stream().anyMatch(options.toLowerCase(Locale.ROOT)::contains);
        if (!plain || elsewhere || said)
            throw new Refused("what takes connections there is no plain /usr/sbin/sshd with " + SshdFiles.MAIN + ": '"
                    + have.runs() + "'");
    }

    /** A line of somebody else's that counts before linkctl's, or beside it. */
    static void others(SshdWant want, SshdFacts have) {
        int include = SshdFiles.include(String.valueOf(have.main()));
        for (SshdFacts.Line line : have.others(false)) {
            Set<String> wanted = want.effective().get(line.keyword());
            if (wanted == null) continue;
            boolean differs = SshdWant.adds(line.keyword())
                    ? !wanted.containsAll(line.values())
                    : isBefore(line, include) && !wanted.equals(line.values());
            if (!differs) continue;
            String how = SshdWant.adds(line.keyword())
                    ? " lets in more than is declared: such lines count together"
                    : " comes before linkctl's: sshd takes the first";
            throw new Refused(line + how + "; remove it there, or declare the same");
        }
    }

    /**
     * What others say counts again where linkctl's lines say nothing of it any more. Patterns are not taken apart: one that
     * may let the login in is taken to do so, and the guard sees whether it does.
     */
    static void restored(SshdWant want, SshdFacts have) {
        String login = have.login();
        Set<String> going = new TreeSet<>(have.ours());
        going.removeAll(want.effective().keySet());
        if (login == null) return;
        if (going.contains("permitrootlogin") && have.loginIsRoot()) rootRestored(want, have, login);
        Set<String> groups = new HashSet<>(have.groups());
        groups.addAll(want.groups().getOrDefault(login, List.of()));
        if (going.contains("allowusers")) listRestored(have, login, "allowusers", Set.of(login));
        if (going.contains("allowgroups")) listRestored(have, login, "allowgroups", groups);
    }

    private static void rootRestored(SshdWant want, SshdFacts have, String login) {
        List<SshdFacts.Line> lines = have.others("permitrootlogin");
        if (lines.isEmpty()) {
            if (want.system() == Os.FREEBSD)
                throw lockedOut(login, "FreeBSD's sshd, which lets root in by a line alone,", "rootLogin:");
            return;
        }
        SshdFacts.Line first = lines.getFirst();
        if (!Collections.disjoint(first.values(), ROOT_STAYS_OUT))
            throw lockedOut(login, first.toString(), "rootLogin:");
    }

    private static void listRestored(SshdFacts have, String login, String keyword, Set<String> names) {
        List<SshdFacts.Line> lines = have.others(keyword);
        boolean in = lines.stream()
                .flatMap(line -> line.values().stream())
                .anyMatch(
                        pattern -> PATTERN.matcher(pattern).find() || names.contains(pattern.replaceFirst("@.*", "")));
        if (!lines.isEmpty() && !in)
            throw lockedOut(
                    login, lines.getFirst().toString(), keyword.equals("allowusers") ? "allowUsers:" : "allowGroups:");
    }

    private static Refused lockedOut(String login, String what, String attribute) {
        return new Refused(
                "linkctl logs in as " + login + " there, whom " + what + " would lock out once linkctl's own line"
                        + " is gone: declare " + attribute + " still, or write there whom it has to let in");
    }

    private static boolean isBefore(SshdFacts.Line line, int include) {
        if (include == 0) return false;
        return line.path().equals(SshdFiles.MAIN)
                ? line.number() < include
                : line.path().compareTo(SshdFiles.DROP_IN) < 0;
    }
}
