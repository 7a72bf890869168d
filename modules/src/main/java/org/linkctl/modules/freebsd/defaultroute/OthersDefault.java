package org.linkctl.modules.freebsd.defaultroute;

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
 * A default route that a file of somebody else's has at boot, beside ours: a static route of rc.conf(5), which would be one
 * more way, or a variable that is set after ours. {@code defaultrouter} of rc.conf itself is read before ours, which counts.
 *
 * @param gateway as rc.conf has it
 */
record OthersDefault(String file, String variable, boolean v6, String gateway) {
    private static final Question.Command LINES = Question.command(
            "grep",
            "-rsHE",
            "--exclude=linkctl-*",
            "^[[:space:]]*(ipv6_)?(defaultrouter|route_[A-Za-z0-9_]+)=",
            "/etc/rc.conf",
            "/etc/rc.conf.local",
            "/etc/rc.conf.d",
            "/usr/local/etc/rc.conf.d");

    private static final Pattern LINE = Pattern.compile(
            "(?<file>/[^:]+):\\s*(?<variable>(?<six>ipv6_)?(?:defaultrouter|route_[A-Za-z0-9_]+))=(?<value>.*)");

    /** route(8): what comes before a destination, and the two ways to say the one of all addresses. */
    private static final Pattern ROUTE = Pattern.compile(
            "(?:-(?:net|inet|inet6)\\s+)*(?:default|-default|0\\.0\\.0\\.0(?:/0)?|0/0|::/0)\\s+(?<gateway>\\S+).*");

    private static final Pattern MAIN = Pattern.compile("/etc/rc\\.conf(?:\\.local)?");

    static Question.Command question() {
        return LINES;
    }

    static List<OthersDefault> read(Answers answers) {
        Answer.Output found = answers.to(LINES);
        if (found.exit() > 2) throw new UnreadableFacts("grep ended with " + found.exit());
        List<OthersDefault> out = new ArrayList<>();
        for (String line : found.stdout().lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("files of rc.conf: '" + line + "'");
            String value = match.group("value")
                    .replaceFirst("\\s+#.*", "")
                    .strip()
                    .replaceAll("^[\"']|[\"']$", "")
                    .strip();
            gateway(match.group("file"), match.group("variable"), value)
                    .ifPresent(gateway -> out.add(new OthersDefault(
                            match.group("file"), match.group("variable"), match.group("six") != null, gateway)));
        }
        return List.copyOf(out);
    }

    /** Empty: it is no default route, or one that ours takes the place of. */
    private static Optional<String> gateway(String file, String variable, String value) {
        if (variable.endsWith("defaultrouter")) {
            boolean none = value.isEmpty() || value.equalsIgnoreCase("NO");
            return none || MAIN.matcher(file).matches() ? Optional.empty() : Optional.of(value);
        }
        Matcher match = ROUTE.matcher(value);
        return match.matches() ? Optional.of(match.group("gateway")) : Optional.empty();
    }

    /** Why a host cannot have the default route at boot that it shall have; empty: it can. */
    Optional<String> against(DefaultRouteModule.Want want) {
        if (v6 != want.v6() || gateway.equals(want.wanted().gateway())) return Optional.empty();
        return Optional.of(file + " has a default route via " + gateway + ", too (" + variable
                + "), and the inventory has " + want.shown()
                + ": a boot would end with that one, or with both; take it out of the file, or declare it");
    }
}
