package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/** What the modules say is in the way of what they would make, and what they refuse. */
final class ModuleDiagnoses {
    private static final String NOT_KNOWN = "could not be found out: ";

    private final RunPlanner planner;

    ModuleDiagnoses(RunPlanner planner) {
        this.planner = planner;
    }

    /** Empty where nothing can be planned for a host: {@link #of} says why. */
    Set<Question<?>> questions(Host host) {
        Set<Question<?>> out = new LinkedHashSet<>();
        try {
            out.addAll(planner.questions(host));
            for (Planned<?, ?> planned : planner.wanted(host, Published.NOTHING)) {
                if (planner.includes(host)) out.addAll(planner.callModule(host, planned, planned::diagnose));
            }
        } catch (Refused e) {
            return Set.of();
        }
        return out;
    }

    Published published(Map<Host, Answers> answers) {
        Map<String, Published.Values> told = new HashMap<>();
        answers.forEach((host, said) -> {
            try {
                told.put(host.name(), planner.publish(host, said));
            } catch (Refused e) {
                planner.trace(host, String.valueOf(e.getMessage()));
            }
        });
        return new Published(told);
    }

    /** @param before what is said already: a refusal that only repeats it is left out */
    List<Diagnosis> of(Host host, Published published, Answers answers, List<Diagnosis> before) {
        List<Diagnosis> out = new ArrayList<>();
        Map<String, List<String>> refusals = new LinkedHashMap<>();
        try {
            planner.wanted(host, Published.NOTHING); // what it refuses, rather than that a question was not asked
            for (Planned<?, ?> planned : planner.wanted(host, published, answers)) {
                if (!planner.selects(planned.module())) continue;
                refused(host, planned, () -> planned.assess(answers), refusals);
                refused(host, planned, () -> out.addAll(planned.diagnoses(answers)), refusals);
            }
        } catch (Refused e) {
            out.add(refusal(host.name(), String.valueOf(e.getMessage())));
        }
        refusals.forEach((text, ids) -> {
            boolean said = before.stream()
                    .anyMatch(one -> one.state() == Diagnosis.State.IN_THE_WAY && text.contains(one.text()));
            if (!said) out.add(refusal(subject(ids), text));
        });
        return out;
    }

    private <T> void refused(Host host, Planned<?, ?> planned, Supplier<T> work, Map<String, List<String>> refusals) {
        String id = planned.resource().id();
        try {
            planner.callModule(host, planned, work);
        } catch (Refused e) {
            String why = String.valueOf(e.getMessage());
            String text = why.startsWith(id + ": ") ? why.substring(id.length() + 2) : why;
            List<String> ids = refusals.computeIfAbsent(text, _ -> new ArrayList<>());
            if (!ids.contains(id)) ids.add(id);
        }
    }

    private static String subject(List<String> ids) {
        return ids.getFirst() + (ids.size() > 1 ? " and " + (ids.size() - 1) + " more" : "");
    }

    private static Diagnosis refusal(String subject, String text) {
        return Diagnosis.inTheWay(
                subject, text, "`linkctl plan` refuses this host until that is mended, or no longer declared");
    }

    static Diagnosis unread(String subject, String why) {
        return Diagnosis.doubtful(
                subject, NOT_KNOWN + why, "look at that command on the host; -vv shows what was asked and answered");
    }
}
