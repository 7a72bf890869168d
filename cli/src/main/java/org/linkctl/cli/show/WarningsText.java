package org.linkctl.cli.show;

import static org.linkctl.cli.show.Words.wrap;

import java.util.List;
import java.util.Map;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;

/** What whoever lets linkctl go on has to know beside the changes. */
final class WarningsText {
    private WarningsText() {}

    /** Nothing, where there is nothing to be warned of. */
    static String of(Map<Host, List<HostPlan.Warning>> warnings, Look look) {
        if (warnings.isEmpty()) return "";
        Paint paint = look.paint();
        StringBuilder out = new StringBuilder(paint.doubt("Warnings")).append('\n');
        warnings.forEach((host, all) -> {
            for (HostPlan.Warning one : all) {
                out.append("  ")
                        .append(paint.text(host.name() + ": " + one.resource()))
                        .append("\n    ");
                out.append(paint.text(wrap(one.text(), 4, look.width()))).append('\n');
            }
        });
        return out.append('\n').toString();
    }
}
