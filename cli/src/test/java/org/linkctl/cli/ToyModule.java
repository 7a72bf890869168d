package org.linkctl.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** Puts one file on each host. */
final class ToyModule implements Examined<ToyModule.Want, ToyModule.Facts>, Rendered<ToyModule.Want, ToyModule.Facts> {
    static final String FILE = "/etc/toy.conf";
    private static final Question.ReadFile HELD = Question.file(FILE);

    /** What is in the file while traffic depends on it. */
    static final String BUSY = "busy\n";

    /** What is in the file where it is nothing that this module changes. */
    static final String FOREIGN = "foreign\n";

    record Want(String text) implements Resource {
        @Override
        public String id() {
            return "toy.file[toy]";
        }
    }

    record Facts(@Nullable String text) {}

    @Override
    public String name() {
        return "toy.file";
    }

    @Override
    public Os system() {
        return Os.LINUX;
    }

    @Override
    public List<Want> want(Scope scope) {
        return List.of(new Want("host = " + scope.host().name() + "\n"));
    }

    @Override
    public List<Question<?>> probe(Want want) {
        return List.of(HELD);
    }

    @Override
    public Facts facts(Want want, Answers answers) {
        if (FOREIGN.equals(answers.to(HELD).orElse(null))) throw new Refused(FILE + " is somebody else's");
        return new Facts(answers.to(HELD).orElse(null));
    }

    @Override
    public Facts bare(Want want) {
        return new Facts(null);
    }

    @Override
    public List<Change> diff(Want want, Facts have) {
        if (want.text().equals(have.text())) return List.of();
        Change change = Change.file(FILE, have.text(), want.text());
        return List.of(BUSY.equals(have.text()) ? change.cuts(3) : change);
    }

    @Override
    public List<Step> steps(Want want, Facts have, List<Change> changes) {
        return changes.isEmpty() ? List.of() : List.of(Step.put(FILE, "0644", want.text()));
    }

    @Override
    public List<Finding> findings(Want want, Facts have, Answers answers) {
        return List.of(
                have.text() == null ? Finding.bad("toy", "there is no toy") : Finding.good("toy", "it is there"));
    }
}
