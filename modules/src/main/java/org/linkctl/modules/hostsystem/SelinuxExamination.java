package org.linkctl.modules.hostsystem;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Optional;
import org.linkctl.model.Os;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;

/** Whether SELinux enforces a policy, which stops linkctl's own programs where they have the label of libraries. */
@AutoService(Examination.class)
public final class SelinuxExamination implements Examination {
    private static final String PROGRAMS = "/usr/local/lib/linkctl";

    /** kernel: security/selinux/selinuxfs.c, sel_read_enforce: 1 where it enforces, 0 where it only logs. */
    private static final Question.ReadFile ENFORCES = Question.file("/sys/fs/selinux/enforce");

    /** stat(1), %C: the label, user:role:type:level. */
    private static final Question.Command LABEL = Question.command("stat", "-c", "%C", PROGRAMS);

    private static final String SUBJECT = "SELinux";

    @Override
    public String name() {
        return SUBJECT;
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        return look == Look.FIRST && scope.host().os() == Os.LINUX ? List.of(ENFORCES, LABEL) : List.of();
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        if (scope.host().os() != Os.LINUX) return List.of();
        var answers = sight.first(scope);
        Optional<String> enforces = answers.to(ENFORCES).map(String::strip);
        if (enforces.isEmpty()) return List.of();
        if (!enforces.get().equals("1")) return List.of(Diagnosis.fine(SUBJECT, "logs, and stops nothing"));
        String label = answers.to(LABEL).stdout().strip();
        if (label.contains(":bin_t:"))
            return List.of(Diagnosis.fine(SUBJECT, "enforces; " + PROGRAMS + " has the label of programs, bin_t"));
        return List.of(Diagnosis.doubtful(
                SUBJECT,
                "enforces, and " + PROGRAMS + " has not the label of programs: systemd may not start linkctl's own"
                        + " (status 203/EXEC)",
                "semanage fcontext -a -t bin_t '" + PROGRAMS + "(/.*)?' && mkdir -p " + PROGRAMS + " && restorecon -R "
                        + PROGRAMS));
    }
}
