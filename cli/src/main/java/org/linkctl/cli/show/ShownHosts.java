package org.linkctl.cli.show;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;

/**
 * A plan as text that comes in parts: each host's own as soon as it is known, then all the rest. What was shown of a host
 * and is not so any more once all hosts are read is shown again.
 */
public final class ShownHosts {
    private final TextStyle style;
    private final Map<Host, String> shown = new LinkedHashMap<>();

    public ShownHosts(TextStyle style) {
        this.style = style;
    }

    /** The part of a host; empty where nothing differs there. */
    public String host(Host host, Outcome outcome) {
        String text = PlanText.host(host, outcome, style);
        if (!text.isEmpty()) shown.put(host, text);
        return text;
    }

    /** The parts that were not shown, in the order of the inventory, and what follows them. */
    public String rest(PlanReport report) {
        StringBuilder out = new StringBuilder();
        report.outcomes().forEach((host, outcome) -> {
            String text = PlanText.host(host, outcome, style);
            String before = shown.get(host);
            if (text.equals(before)) return;
            if (before != null) out.append(style.paint().heading(host.name())).append(AGAIN);
            out.append(text);
        });
        return out + report.afterHosts(style);
    }

    private static final String AGAIN = ": not as shown above, now that all hosts are read. What holds is below.\n\n";
}
