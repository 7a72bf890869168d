package org.linkctl.modules.freebsd.rc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linkctl.model.Os;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Examined;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;

/** A module that keeps a program that rc(8) runs, and nothing else. */
public abstract class RcServiceModule<W extends Resource & RcServiceModule.Want>
        implements Remembered<W, RcServiceModule.Facts>,
                Examined<W, RcServiceModule.Facts>,
                Rendered<W, RcServiceModule.Facts> {
    private final String name;

    protected RcServiceModule(String name) {
        this.name = name;
    }

    /** What a host shall have. */
    public interface Want {
        /** The name that rc(8) knows the service by. */
        String service();

        RcProgram program();

        /** {@link RcProgram.Texts#NONE}: there shall be no such service. */
        RcProgram.Texts texts();

        private boolean isWanted() {
            return !texts().equals(RcProgram.Texts.NONE);
        }
    }

    /** What was found. */
    public record Facts(RcProgram.Texts files, RcService service) {}

    /** What it does, for messages, such as {@code watches wg0}; and what is the matter while it does not. */
    protected abstract String does(W want);

    protected abstract String missing(W want);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Os system() {
        return Os.FREEBSD;
    }

    @Override
    public final List<Question<?>> probe(W want) {
        List<Question<?>> out = new ArrayList<>(want.program().questions());
        out.addAll(RcService.questions(want.service(), want.program().files()));
        return out;
    }

    @Override
    public final Facts facts(W want, Answers answers) {
        return new Facts(
                want.program().read(answers),
                RcService.read(want.service(), want.program().files(), answers));
    }

    @Override
    public final Facts bare(W want) {
        return new Facts(RcProgram.Texts.NONE, RcService.NONE);
    }

    @Override
    public final List<Change> diff(W want, Facts have) {
        List<Change> out = want.program().diff(have.files(), want.texts());
        out.addAll(have.service().diff(want.service(), wanted(want), !out.isEmpty()));
        return out;
    }

    private static boolean wanted(Want want) {
        return want.isWanted();
    }

    @Override
    public final List<Step> steps(W want, Facts have, List<Change> changes) {
        boolean service = changes.stream().anyMatch(change -> change.is(Change.Kind.STATE, want.service()));
        List<Step> out = new ArrayList<>();
        if (!wanted(want) && service) out.add(RcService.stop(want.service()));
        out.addAll(RcProgram.steps(changes));
        if (wanted(want) && service) out.add(have.service().restart(want.service()));
        return out;
    }

    @Override
    public final Optional<Memory> memory(W want, Facts have, Optional<Memory> before) {
        return wanted(want) ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public final List<String> adopts(W want, Facts have) {
        return want.program().adopts(have.files());
    }

    @Override
    public final List<Finding> findings(W want, Facts have, Answers answers) {
        if (!wanted(want)) return List.of();
        return List.of(
                have.service().running()
                        ? Finding.good(want.service(), does(want))
                        : Finding.bad(want.service(), "does not run: " + missing(want)));
    }
}
