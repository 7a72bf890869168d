package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.engine.Stages;

/** The stages of a plan, and its cuts. */
public final class StagesText {
    private StagesText() {}

    /** Empty where there is but one stage and no cut. */
    static String of(Stages stages, TextStyle style) {
        return order(stages, style) + cuts(stages, style);
    }

    private static String order(Stages stages, TextStyle style) {
        if (stages.stages().isEmpty()) return "";
        StringBuilder out = new StringBuilder(style.paint().heading("Order")).append('\n');
        out.append("  1. what is no path between two hosts\n");
        int number = 2;
        for (Stages.Stage stage : stages.stages()) {
            String paths = String.join(", ", stage.names());
            if (!stage.ofHost() && !stage.ofMember()) paths += " at " + String.join(", ", stage.hosts());
            out.append("  ").append(number++).append(". ");
            out.append(style.paint().text(paths))
                    .append(": ")
                    .append(what(stage))
                    .append('\n');
        }
        return out.append('\n').toString();
    }

    private static String what(Stages.Stage stage) {
        return switch (stage.mode()) {
            case NEW -> "made, seen to work, put into the routes";
            case STANDBY -> "stands by; changed, seen to work";
            case IN_PLACE -> "changed, seen to work";
            case DRAINED ->
                stage.ofHost()
                        ? "leaves its part to the other host, changed, seen to work, takes it back"
                        : "taken out of the routes, changed, seen to work, put back";
        };
    }

    /** What is cut, where anything is. */
    public static String cuts(Stages stages, TextStyle style) {
        if (stages.cuts().isEmpty()) return "";
        List<List<String>> rows = new ArrayList<>();
        for (Stages.Cut cut : stages.cuts()) {
            rows.add(List.of("  " + cut.host(), cut.subject(), length(cut), cut.why()));
        }
        return style.paint().alarm("Cut, since traffic has no other way") + "\n" + Table.of(rows, style.width()) + "\n";
    }

    private static String length(Stages.Cut cut) {
        return cut.seconds() == null ? "for good" : "about " + cut.seconds() + " s";
    }
}
