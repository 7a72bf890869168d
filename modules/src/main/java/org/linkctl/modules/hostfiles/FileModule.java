package org.linkctl.modules.hostfiles;

import java.util.List;
import java.util.Optional;
import org.linkctl.model.Os;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Scope;

/** The module of the files that are declared for hosts of one system. */
public abstract class FileModule implements Remembered<FileWant, FileFacts>, Rendered<FileWant, FileFacts> {
    private final Os system;

    protected FileModule(Os system) {
        this.system = system;
    }

    @Override
    public final Os system() {
        return system;
    }

    @Override
    public final List<FileWant> want(Scope scope) {
        return FileWant.all(scope);
    }

    @Override
    public final List<Question<?>> probe(FileWant want) {
        return FileFacts.questions(want);
    }

    @Override
    public final FileFacts facts(FileWant want, Answers answers) {
        return FileFacts.read(want, answers);
    }

    @Override
    public final FileFacts bare(FileWant want) {
        return FileFacts.none(want);
    }

    @Override
    public final List<Change> diff(FileWant want, FileFacts have) {
        return want.declared() == null ? FileGone.changes(want, have) : FileDiff.changes(want, want.declared(), have);
    }

    @Override
    public final List<Step> steps(FileWant want, FileFacts have, List<Change> changes) {
        return want.declared() == null
                ? FileGone.steps(want, have, changes)
                : FileDiff.steps(want, want.declared(), have, changes);
    }

    @Override
    public final Optional<Memory> memory(FileWant want, FileFacts have, Optional<Memory> before) {
        return want.declared() == null ? Optional.empty() : Optional.of(want.memory());
    }

    @Override
    public final Optional<FileWant> absent(Scope scope, Owned owned) {
        return Optional.of(FileWant.gone(scope, owned));
    }

    @Override
    public final List<String> adopts(FileWant want, FileFacts have) {
        return have.note() == null && have.content() != null ? List.of(want.path()) : List.of();
    }
}
