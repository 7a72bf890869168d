package org.linkctl.modules.hostsudo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.hostfiles.PathState;
import org.linkctl.modules.hostusers.LoginName;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;

/**
 * Users who become root by sudo(8) without a password: a file for each in the folder that sudoers(5) includes. An account that
 * keys alone open has no password that sudo could ask for.
 */
public abstract class SudoModule
        implements Remembered<SudoWant, SudoModule.Facts>,
                Examined<SudoWant, SudoModule.Facts>,
                Rendered<SudoWant, SudoModule.Facts> {
    /** sudo(8) does not read a file that others may write. */
    private static final String MODE = "0440";

    private final Os system;

    protected SudoModule(Os system) {
        this.system = system;
    }

    /**
     * What was found.
     *
     * @param text of the user's file; null: there is none
     * @param access such as {@code 0440 root:root}; null: there is no such file
     * @param login whether linkctl has become root as this user
     */
    public record Facts(@Nullable String text, @Nullable String access, boolean login) {}

    @Override
    public final Os system() {
        return system;
    }

    @Override
    public final List<SudoWant> want(Scope scope) {
        return SudoWant.all(scope);
    }

    @Override
    public final List<Question<?>> probe(SudoWant want) {
        List<Question<?>> out = new ArrayList<>(List.of(want.file(), PathState.question(system, want.path())));
        out.addAll(LoginName.QUESTIONS);
        return out;
    }

    @Override
    public final Facts facts(SudoWant want, Answers answers) {
        PathState paths = PathState.read(system, want.path(), answers);
        return new Facts(
                answers.to(want.file()).orElse(null),
                paths.at(want.path()).map(PathState.Entry::access).orElse(null),
                want.named() || LoginName.is(want.name(), answers));
    }

    @Override
    public final Facts bare(SudoWant want) {
        return new Facts(null, null, false);
    }

    private String access() {
        return MODE + " root:" + (system == Os.LINUX ? "root" : "wheel");
    }

    @Override
    public final List<Change> diff(SudoWant want, Facts have) {
        if (!want.declared() && have.text() != null && have.login()) {
            // As of a user who is no longer declared nothing is taken away by the own login.
            if (!want.known()) return List.of();
            throw new Refused("linkctl logs in as " + want.name() + " and becomes root by " + want.path()
                    + ": declare user('" + want.name() + "', sudo: true), or have it taken away by another login");
        }
        List<Change> out = new ArrayList<>();
        OurFiles.diff(out, want.path(), have.text(), want.text());
        if (out.isEmpty() && want.declared() && !access().equals(have.access()))
            out.add(Change.state(want.path() + " access", have.access(), access()));
        return out;
    }

    @Override
    public final List<Step> steps(SudoWant want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        String text = want.text();
        if (text == null) return List.of(new Step.RemoveFile(want.path()));
        List<Step> out = new ArrayList<>();
        boolean written = changes.stream().anyMatch(change -> change.kind() == Change.Kind.FILE);
        if (written) out.add(Step.put(want.path(), MODE, text));
        String before = have.access();
        if (before == null || before.equals(access())) return out;
        out.add(access("chown", 1, before, want));
        if (!written) out.add(access("chmod", 0, before, want));
        return out;
    }

    /** @param part of an access such as {@code 0440 root:root}: the mode, or the owner */
    private Step access(String program, int part, String before, SudoWant want) {
        return Step.run(
                Argv.of(program, List.of(access().split(" ", -1)).get(part), want.path()),
                Argv.of(program, List.of(before.split(" ", -1)).get(part), want.path()));
    }

    @Override
    public final Optional<Memory> memory(SudoWant want, Facts have, Optional<Memory> before) {
        return want.declared() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public final Optional<SudoWant> absent(Scope scope, Owned owned) {
        return Optional.of(SudoWant.gone(scope, owned));
    }

    @Override
    public final List<String> adopts(SudoWant want, Facts have) {
        return OurFiles.foreign(want.path(), have.text()).stream().toList();
    }

    @Override
    public final List<Question<?>> examine(SudoWant want) {
        return want.declared() ? List.of(want.listed()) : List.of();
    }

    /** Of rules that match a command the last one counts: files that are read later may ask for a password. */
    @Override
    public final List<Finding> findings(SudoWant want, Facts have, Answers answers) {
        if (!want.declared()) return List.of();
        String subject = "user " + want.name();
        Answer.Output said = answers.to(want.listed());
        String last = said.stdout()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("("))
                .reduce((first, second) -> second)
                .orElse("");
        if (last.matches("\\(ALL( : ALL)?\\) NOPASSWD: ALL"))
            return List.of(Finding.good(subject, "becomes root by sudo, without a password"));
        String why = Stream.of(last, said.stderr().strip().lines().findFirst().orElse(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("sudo lists no rule for it");
        return List.of(Finding.bad(subject, "does not become root by sudo: " + why));
    }
}
