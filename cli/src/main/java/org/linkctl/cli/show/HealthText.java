package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linkctl.engine.Health;
import org.linkctl.model.Host;
import org.linkctl.spi.Finding;

/** What verify found, host by host, and one line that sums it up. */
public final class HealthText {
    private final TextStyle style;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private HealthText(TextStyle style) {
        this.style = style;
        this.paint = style.paint();
    }

    public static String of(Map<Host, Health> health, TextStyle style) {
        return rest(health, Map.of(), style);
    }

    /** The part of one host. */
    public static String host(Host host, Health health, TextStyle style) {
        HealthText text = new HealthText(style);
        text.host(host, health);
        return text.out.toString();
    }

    /**
     * What is left to tell.
     *
     * @param shown the parts of hosts that stand above
     */
    public static String rest(Map<Host, Health> health, Map<Host, Health> shown, TextStyle style) {
        HealthText text = new HealthText(style);
        health.forEach((host, one) -> {
            Health before = shown.get(host);
            if (one.equals(before)) return;
            if (before != null) text.out.append("Not as shown above, now that all hosts are read:\n");
            text.host(host, one);
        });
        text.out
                .append(style.paint().heading(summary(List.copyOf(health.values()))))
                .append('\n');
        return text.out.toString();
    }

    private void host(Host host, Health health) {
        out.append(paint.heading(host.name()));
        switch (health) {
            case Health.Examined(List<Finding> findings) -> findings(findings);
            case Health.Unreachable(String why) -> problem("UNREACHABLE", why);
            case Health.Refused(String why) -> problem("REFUSED", why);
        }
        out.append('\n');
    }

    private void problem(String what, String why) {
        out.append(": ")
                .append(paint.alarm(what))
                .append("\n  ")
                .append(paint.text(TextLayout.wrap(why, 2, style.width())))
                .append('\n');
    }

    private void findings(List<Finding> findings) {
        out.append(findings.isEmpty() ? ": nothing to examine\n" : "\n");
        int subjects = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        int widest = Math.min(subjects, style.width() / 3);
        for (Finding finding : findings) {
            String subject = TextLayout.pad(finding.subject(), widest) + "  ";
            int indent = 2 + Finding.Health.DOUBTFUL.name().length() + 2 + widest + 2;
            out.append("  ")
                    .append(word(finding.health()))
                    .append("  ")
                    .append(paint.text(subject))
                    .append(paint.text(TextLayout.wrap(finding.text(), indent, style.width())))
                    .append('\n');
        }
    }

    /** Padded to the widest of them. */
    private String word(Finding.Health health) {
        return switch (health) {
            case GOOD -> paint.good("good    ");
            case DOUBTFUL -> paint.doubt("DOUBTFUL");
            case BAD -> paint.alarm("BAD     ");
        };
    }

    private static String summary(List<Health> all) {
        long good = all.stream().filter(Health::good).count();
        List<String> parts = new ArrayList<>();
        parts.add("Verify: " + good + " of " + count(all.size(), "host") + " in health");
        part(parts, findings(all, Finding.Health.BAD), "bad");
        part(parts, findings(all, Finding.Health.DOUBTFUL), "doubtful");
        part(
                parts,
                all.stream().filter(one -> one instanceof Health.Unreachable).count(),
                "unreachable");
        part(parts, all.stream().filter(one -> one instanceof Health.Refused).count(), "refused");
        return String.join("; ", parts);
    }

    private static long findings(List<Health> all, Finding.Health which) {
        return all.stream()
                .filter(Health.Examined.class::isInstance)
                .map(Health.Examined.class::cast)
                .flatMap(one -> one.findings().stream())
                .filter(finding -> finding.health() == which)
                .count();
    }

    private static void part(List<String> parts, long number, String word) {
        if (number > 0) parts.add(number + " " + word);
    }

    /** Whether every host was checked and nothing is bad; doubtful findings do not count. */
    public static boolean passes(Map<Host, Health> health) {
        return health.values().stream()
                .allMatch(one -> one instanceof Health.Examined(List<Finding> findings)
                        && findings.stream().noneMatch(finding -> finding.health() == Finding.Health.BAD));
    }
}
