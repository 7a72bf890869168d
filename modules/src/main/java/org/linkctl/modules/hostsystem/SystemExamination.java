package org.linkctl.modules.hostsystem;

import com.google.auto.service.AutoService;
import java.util.List;
import org.linkctl.model.Os;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Diagnosis;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;
import org.linkctl.spi.Sight;

/** Which system a host runs, and whether it is the one that the inventory says. */
@AutoService(Examination.class)
public final class SystemExamination implements Examination {
    private static final Question.Command KERNEL = Question.command("uname", "-s");
    private static final Question.Command RELEASE = Question.command("uname", "-r");
    private static final Question.Command MACHINE = Question.command("uname", "-m");

    /** os-release(5); FreeBSD has it since 13.0. */
    private static final Question.ReadFile DISTRIBUTION = Question.file("/etc/os-release");

    /** sd_booted(3). */
    private static final Question.Command BOOTED = Question.command("test", "-d", "/run/systemd/system");

    private static final String SUBJECT = "system";

    @Override
    public String name() {
        return SUBJECT;
    }

    @Override
    public List<Question<?>> questions(Scope scope, Look look, Sight sight) {
        return look == Look.FIRST ? List.of(KERNEL, RELEASE, MACHINE, DISTRIBUTION, BOOTED) : List.of();
    }

    @Override
    public List<Diagnosis> diagnoses(Scope scope, Sight sight) {
        Answers answers = sight.first(scope);
        String kernel = answers.stdout(KERNEL).strip();
        String declared = scope.host().os() == Os.LINUX ? "Linux" : "FreeBSD";
        if (!kernel.equals(declared)) {
            return List.of(Diagnosis.inTheWay(
                    SUBJECT,
                    "it runs " + kernel + ", and the inventory says os: "
                            + scope.host().os(),
                    switch (kernel) {
                        case "Linux", "FreeBSD" ->
                            "say os: " + (kernel.equals("Linux") ? Os.LINUX : Os.FREEBSD) + " at "
                                    + scope.host().at();
                        default ->
                            "linkctl configures hosts of Linux and FreeBSD; correct ssh: if that is another host";
                    }));
        }
        String name = distribution(answers.to(DISTRIBUTION).orElse(""));
        String release = kernel + " " + answers.stdout(RELEASE).strip() + ", "
                + answers.stdout(MACHINE).strip();
        Diagnosis system = Diagnosis.fine(SUBJECT, (name.isEmpty() ? "" : name + "; ") + release);
        if (scope.host().os() != Os.LINUX || answers.to(BOOTED).ok()) return List.of(system);
        return List.of(
                system,
                Diagnosis.inTheWay(
                        "systemd",
                        "no systemd runs this host",
                        "linkctl keeps tunnels and its other services by systemd: use a host that boots with it, as Debian,"
                                + " Ubuntu and Red Hat's family do; a container has to run one of its own"));
    }

    private static String distribution(String text) {
        return text.lines()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replaceAll("^[\"']|[\"']$", ""))
                .findFirst()
                .orElse("");
    }
}
