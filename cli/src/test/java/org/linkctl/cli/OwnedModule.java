package org.linkctl.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.Sysctl;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** Puts a file on a host for each kernel parameter that is declared there, and takes it away again. */
final class OwnedModule
        implements Remembered<OwnedModule.Want, OwnedModule.Facts>, Rendered<OwnedModule.Want, OwnedModule.Facts> {
    private final String name;
    private final boolean irreplaceable;
    private final String root;

    OwnedModule(String name, boolean irreplaceable) {
        this(name, irreplaceable, "");
    }

    /** @param root where its hosts have their files */
    OwnedModule(String name, boolean irreplaceable, String root) {
        this.root = root;
        this.name = name;
        this.irreplaceable = irreplaceable;
    }

    record Want(String id, String path, @Nullable String text) implements Resource {}

    record Facts(@Nullable String text) {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    private Want want(String key, @Nullable String text) {
        return new Want(name + "[" + key + "]", root + "/etc/" + name + "/" + key, text);
    }

    @Override
    public List<Want> want(Scope scope) {
        return scope.fabric().of(Sysctl.class, scope.host()).stream()
                .map(one -> want(one.key(), "ours\n"))
                .toList();
    }

    private static Question.ReadFile held(Want want) {
        return Question.file(want.path());
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(held(want));
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        return new Facts(answers.to(held(want)).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (java.util.Objects.equals(want.text(), have.text())) return List.of();
        Change change = Change.file(want.path(), have.text(), want.text());
        return List.of(want.text() == null ? change.cuts() : change);
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        if (changes.isEmpty()) return List.of();
        String text = want.text();
        return List.of(text == null ? new Step.RemoveFile(want.path()) : Step.put(want.path(), "0644", text));
    }

    @Override
    public Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return Optional.of(Memory.OWNED);
    }

    @Override
    public Optional<Want> absent(Scope scope, Owned owned) {
        return Optional.of(want(owned.name(), null));
    }

    @Override
    public boolean irreplaceable() {
        return irreplaceable;
    }

    @Override
    public List<String> adopts(Want want, Facts have) {
        return have.text() == null || have.text().equals("ours\n") ? List.of() : List.of(want.path());
    }
}
