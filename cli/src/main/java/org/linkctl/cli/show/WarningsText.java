package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.wrap;

import java.util.List;
import java.util.Map;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;

/** The warnings of a plan, by host. */
final class WarningsText {
    private WarningsText() {}

    /** Empty where there is none. */
    static String of(Map<Host, List<HostPlan.Warning>> warnings, TextStyle style) {
        if (warnings.isEmpty()) return "";
        Paint paint = style.paint();
        StringBuilder out = new StringBuilder(paint.doubt("Warnings")).append('\n');
        warnings.forEach((host, all) -> {
            for (HostPlan.Warning one : all) {
                out.append("  ")
                        .append(paint.text(host.name() + ": " + one.resource()))
                        .append("\n    ");
                out.append(paint.text(wrap(one.text(), 4, style.width()))).append('\n');
            }
        });
        return out.append('\n').toString();
    }
}
