package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/** What to ask a host about its health, and what the answers mean: findings of the modules. */
final class HealthEvaluator {
    private final RunPlanner planner;

    HealthEvaluator(RunPlanner planner) {
        this.planner = planner;
    }

    /** All questions to a host of the run: those about its state, and those about the health of the selected modules. */
    Set<Question<?>> questions(Host host) {
        Set<Question<?>> questions = planner.questions(host);
        for (Planned<?, ?> planned : planner.wanted(host, Published.NOTHING)) {
            if (planner.selects(planned.module()))
                questions.addAll(planner.callModule(host, planned, planned::examine));
        }
        return questions;
    }

    /** The questions about the state and the health of these resources alone. */
    Set<Question<?>> questions(Host host, Set<String> resources) {
        Set<Question<?>> questions = new LinkedHashSet<>();
        for (Planned<?, ?> planned : planner.wanted(host, Published.NOTHING)) {
            if (!resources.contains(planned.resource().id())) continue;
            questions.addAll(planner.callModule(host, planned, planned::probe));
            questions.addAll(planner.callModule(host, planned, planned::examine));
        }
        if (!questions.isEmpty()) questions.add(planner.held(host));
        return questions;
    }

    List<Finding> findings(Host host, Published published, Answers answers) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(planner.heldFindings(host, answers));
        for (Planned<?, ?> planned : planner.wanted(host, published, answers)) {
            if (planner.selects(planned.module())) findings.addAll(findings(host, planned, answers));
        }
        return findings;
    }

    /** A resource whose answers cannot be read is a bad finding of its own; the host's other findings stand beside it. */
    private List<Finding> findings(Host host, Planned<?, ?> planned, Answers answers) {
        String id = planned.resource().id();
        try {
            return planner.callModule(host, planned, () -> planned.findings(answers));
        } catch (Refused e) {
            String why = String.valueOf(e.getMessage());
            return List.of(Finding.bad(id, why.startsWith(id + ": ") ? why.substring(id.length() + 2) : why));
        }
    }

    /** The subjects of all bad findings about these resources. */
    Set<String> bad(Host host, Published published, Answers answers, Set<String> resources) {
        Set<String> out = new LinkedHashSet<>();
        for (Planned<?, ?> planned : planner.wanted(host, published, answers)) {
            if (!resources.contains(planned.resource().id())) continue;
            for (Finding finding : planner.callModule(host, planned, () -> planned.findings(answers))) {
                if (finding.health() == Finding.Health.BAD) out.add(finding.subject());
            }
        }
        return out;
    }
}
