package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.count;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.linkctl.engine.Checkup;
import org.linkctl.model.Host;
import org.linkctl.spi.Diagnosis;

/** What doctor found, host by host, with the cure of each below it, and one line that sums it up. */
public final class DoctorText {
    private static final int WORD = "IN THE WAY".length();
    private static final int MARGIN = 2;

    private final TextStyle style;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private DoctorText(TextStyle style) {
        this.style = style;
        this.paint = style.paint();
    }

    public static String of(Map<Host, Checkup> found, TextStyle style) {
        DoctorText text = new DoctorText(style);
        found.forEach(text::host);
        text.out.append(text.paint.heading(summary(found.values()))).append('\n');
        return text.out.toString();
    }

    private void host(Host host, Checkup found) {
        out.append(paint.heading(host.name())).append('\n');
        for (Diagnosis one : found.diagnoses()) diagnosis(one);
        out.append('\n');
    }

    private void diagnosis(Diagnosis one) {
        int indent = MARGIN + WORD + MARGIN;
        out.append(" ".repeat(MARGIN))
                .append(word(one.state()))
                .append(" ".repeat(MARGIN))
                .append(paint.text(TextLayout.wrap(one.subject() + ": " + one.text(), indent, style.width())))
                .append('\n');
        if (one.cure().isEmpty()) return;
        out.append(" ".repeat(indent))
                .append(paint.text(TextLayout.wrap("cure: " + one.cure(), indent + MARGIN, style.width())))
                .append('\n');
    }

    private String word(Diagnosis.State state) {
        return switch (state) {
            case FINE -> paint.good(TextLayout.pad("fine", WORD));
            case DOUBTFUL -> paint.doubt(TextLayout.pad("DOUBTFUL", WORD));
            case IN_THE_WAY -> paint.alarm("IN THE WAY");
            case NOT_ASKED -> paint.aside(TextLayout.pad("not asked", WORD));
        };
    }

    private static String summary(Collection<Checkup> all) {
        long clear = all.stream().filter(Checkup::clear).count();
        List<String> parts = new ArrayList<>();
        parts.add("Doctor: nothing is in the way on " + clear + " of " + count(all.size(), "host"));
        part(parts, all.stream().filter(one -> !one.reached()).count(), "unreachable");
        part(parts, total(all.stream().filter(Checkup::reached).toList(), Diagnosis.State.IN_THE_WAY), "in the way");
        part(parts, total(all, Diagnosis.State.DOUBTFUL), "doubtful");
        return String.join("; ", parts);
    }

    private static long total(Collection<Checkup> all, Diagnosis.State state) {
        return all.stream().mapToLong(one -> one.count(state)).sum();
    }

    private static void part(List<String> parts, long number, String word) {
        if (number > 0) parts.add(number + " " + word);
    }
}
