package org.linkctl.modules.hosttimers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.HostFile;
import org.linkctl.model.HostTimer;
import org.linkctl.model.HostUser;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredNeeds;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * A timer as it shall be.
 *
 * @param declared null: it shall be gone
 * @param programMayAppear a package or a file of this run may bring the program
 * @param userMayAppear a package or a user of this run may bring the user
 */
public record TimerWant(
        Os system,
        String name,
        @Nullable HostTimer declared,
        boolean programMayAppear,
        boolean userMayAppear,
        Set<String> needs)
        implements Resource {
    /** Where a timer's command finds programs: the same on all systems. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public TimerWant {
        needs = Set.copyOf(needs);
    }

    public static List<TimerWant> all(Scope scope) {
        return scope.fabric().of(HostTimer.class, scope.host()).stream()
                .map(timer -> of(scope, timer))
                .toList();
    }

    private static TimerWant of(Scope scope, HostTimer timer) {
        Set<String> needs = new LinkedHashSet<>(DeclaredNeeds.packages(scope));
        boolean packages = !needs.isEmpty();
        boolean file = false;
        for (HostFile one : scope.fabric().of(HostFile.class, scope.host())) {
            needs.add(DeclaredNeeds.file(one.path()));
            file |= one.path().equals(timer.command().getFirst());
        }
        boolean user = scope.fabric().of(HostUser.class, scope.host()).stream()
                .anyMatch(one -> one.name().equals(timer.user()));
        needs.add(DeclaredNeeds.user(timer.user()));
        return new TimerWant(scope.host().os(), timer.name(), timer, packages || file, packages || user, needs);
    }

    /** What was made, as something that shall be gone. */
    public static TimerWant gone(Scope scope, Owned owned) {
        return new TimerWant(scope.host().os(), owned.name(), null, true, true, Set.of());
    }

    @Override
    public String id() {
        return (system == Os.LINUX ? "linux" : "freebsd") + ".timer[" + name + "]";
    }

    /** By which its units, its script and its lines in the log are known. */
    public String unit() {
        return "linkctl-timer-" + name;
    }

    /** What has to be asked of the program and the user; root is there. */
    public List<Question.Command> asked() {
        if (declared == null) return List.of();
        List<Question.Command> out = new ArrayList<>();
        if (!programMayAppear) out.add(program(declared));
        if (!userMayAppear && !declared.user().equals(HostTimer.USER)) out.add(user(declared));
        return out;
    }

    private static Question.Command program(HostTimer timer) {
        return Question.command("test", "-x", timer.command().getFirst());
    }

    private static Question.Command user(HostTimer timer) {
        return Question.command("getent", "passwd", timer.user());
    }

    /** What the host lacks for it, as a phrase each. */
    public List<String> missing(Answers answers) {
        List<String> out = new ArrayList<>();
        if (declared == null) return out;
        for (Question.Command question : asked()) {
            Answer.Output said = answers.to(question);
            boolean program = question.equals(program(declared));
            if (said.ok()) continue;
            if (said.exit() != (program ? 1 : 2))
                throw new UnreadableFacts(question.argv() + " ended with " + said.exit() + ": "
                        + said.stderr().strip());
            out.add(
                    program
                            ? "no program " + declared.command().getFirst()
                                    + " (declare the package, or the file, that brings it)"
                            : "no user " + declared.user());
        }
        return out;
    }

    /** @throws Refused where the host lacks something */
    public void refuse(List<String> missing) {
        if (!missing.isEmpty())
            throw new Refused("the host has " + String.join(" and ", missing) + ", for timer " + name);
    }
}
