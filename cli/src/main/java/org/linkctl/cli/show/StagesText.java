package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.engine.Stages;

/** In which order a plan is carried out, and what it cuts. */
final class StagesText {
    private StagesText() {}

    /** Nothing, where there is but one stage and nothing is cut. */
    static String of(Stages stages, Look look) {
        return order(stages, look) + cuts(stages, look);
    }

    private static String order(Stages stages, Look look) {
        if (stages.stages().isEmpty()) return "";
        StringBuilder out = new StringBuilder(look.paint().heading("Order")).append('\n');
        out.append("  1. what is no path between two hosts\n");
        int number = 2;
        for (Stages.Stage stage : stages.stages()) {
            String paths = String.join(", ", stage.names());
            if (!stage.ofHost()) paths += " at " + String.join(", ", stage.hosts());
            out.append("  ").append(number++).append(". ");
            out.append(look.paint().text(paths))
                    .append(": ")
                    .append(what(stage))
                    .append('\n');
        }
        return out.append('\n').toString();
    }

    private static String what(Stages.Stage stage) {
        return switch (stage.how()) {
            case MADE -> "made, seen to work, put into the routes";
            case STANDING_BY -> "stands by; changed, seen to work";
            case IN_PLACE -> "changed, seen to work";
            case DRAINED ->
                stage.ofHost()
                        ? "leaves its part to the other host, changed, seen to work, takes it back"
                        : "taken out of the routes, changed, seen to work, put back";
        };
    }

    private static String cuts(Stages stages, Look look) {
        if (stages.cuts().isEmpty()) return "";
        List<List<String>> rows = new ArrayList<>();
        for (Stages.Cut cut : stages.cuts()) {
            rows.add(List.of("  " + cut.host(), cut.subject(), length(cut), cut.why()));
        }
        return look.paint().alarm("Cut, since traffic has no other way") + "\n" + Table.of(rows, look.width()) + "\n";
    }

    private static String length(Stages.Cut cut) {
        return cut.seconds() == null ? "for good" : "about " + cut.seconds() + " s";
    }
}
