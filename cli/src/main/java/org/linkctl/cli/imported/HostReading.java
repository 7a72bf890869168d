package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.model.Os;
import org.linkctl.plan.Planner;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Imported;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.UnreadableFacts;

/** What a host is asked, and what its answers mean: first what it is, then what the modules of its system ask. */
final class HostReading {
    private static final Question.Command SYSTEM = Question.command("uname", "-s");
    private static final Question.Command NAME = Question.command("uname", "-n");

    /** A host's answers, read. */
    record Read(Optional<Os> os, String system, String name, List<Found> found) {}

    private final Planner planner;

    HostReading(Planner planner) {
        this.planner = planner;
    }

    /** What is asked next; nothing more where all is known. */
    Collection<Question<?>> next(Answers answers) {
        if (answers.byQuestion().isEmpty()) return List.of(SYSTEM, NAME);
        List<Question<?>> out = new ArrayList<>();
        importers(answers).forEach((name, module) -> {
            out.addAll(module.importing());
            if (!answers.byQuestion().keySet().containsAll(module.importing())) return;
            try {
                out.addAll(module.importing(answers));
            } catch (Refused | UnreadableFacts e) {
                return; // said again, and told, when it is read
            }
        });
        return out;
    }

    private Map<String, Imported> importers(Answers answers) {
        return os(answers).map(planner::importing).orElse(Map.of());
    }

    private static Optional<Os> os(Answers answers) {
        return switch (answers.to(SYSTEM).stdout().strip()) {
            case "Linux" -> Optional.of(Os.LINUX);
            case "FreeBSD" -> Optional.of(Os.FREEBSD);
            default -> Optional.empty();
        };
    }

    Read read(Answers answers) {
        List<Found> out = new ArrayList<>();
        Map<String, Imported> importers = importers(answers);
        importers.forEach((name, module) -> {
            try {
                out.addAll(module.found(answers));
            } catch (Refused | UnreadableFacts e) {
                out.add(new Found.Unsaid(name, "what the host has could not be read: " + e.getMessage()));
            }
        });
        return new Read(
                os(answers),
                answers.to(SYSTEM).stdout().strip(),
                answers.to(NAME).stdout().strip(),
                out);
    }
}
