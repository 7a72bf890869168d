package org.linkctl.modules.linux.stack;

import com.google.auto.service.AutoService;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;

/** Which network stack runs a host, and whether linkctl configures that one, where something that is declared needs it. */
@AutoService(Examination.class)
public final class StackExamination implements Examination {
    private static final String SUBJECT = "network stack";

    @Override
    public String name() {
        return SUBJECT;
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        return scope.host().os() == Os.LINUX && look == Look.FIRST ? StackFacts.questions() : List.of();
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        if (scope.host().os() != Os.LINUX) return List.of(Diagnosis.fine(SUBJECT, "rc.d(8), with rc.conf(5)"));
        StackFacts facts = StackFacts.from(sight.first(scope));
        NetworkStack stack = facts.stack();
        if (stack != null) return List.of(Diagnosis.fine(SUBJECT, stack.name()));
        if (scope.fabric().links(scope.host()).isEmpty()) {
            return List.of(Diagnosis.fine(
                    SUBJECT, "none that linkctl configures (" + facts.refusal() + "); what is declared needs none"));
        }
        return List.of(Diagnosis.inTheWay(
                SUBJECT,
                reason(facts),
                "have one of these run the interfaces that are declared; or declare no bonds, addresses and gateways here:"
                        + " tunnels and routes need none of them"));
    }

    private static String reason(StackFacts facts) {
        try {
            facts.require();
            return facts.refusal();
        } catch (Refused e) {
            return String.valueOf(e.getMessage());
        }
    }
}
