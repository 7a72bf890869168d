package org.linkctl.modules.linux.systemd;

import java.util.List;
import java.util.Optional;
import org.linkctl.model.Os;
import org.linkctl.shell.Argv;
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

/** A module that keeps a service of linkctl's, and nothing else. */
public abstract class ServiceModule<W extends Resource & ServiceModule.Want>
        implements Remembered<W, KeptService.Found>, Examined<W, KeptService.Found>, Rendered<W, KeptService.Found> {
    private final String name;

    protected ServiceModule(String name) {
        this.name = name;
    }

    /** What a host shall have. */
    public interface Want {
        /** The service, or that there is none. */
        KeptService service();
    }

    /** What takes away what the service leaves when it is stopped. */
    protected List<Argv> left() {
        return List.of();
    }

    /** How the service does, where there shall be one. */
    protected abstract Finding finding(W want, KeptService.Found have);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Os system() {
        return Os.LINUX;
    }

    @Override
    public final List<Question<?>> probe(W want) {
        return want.service().questions();
    }

    @Override
    public final KeptService.Found facts(W want, Answers answers) {
        return want.service().read(answers);
    }

    @Override
    public final KeptService.Found bare(W want) {
        return KeptService.Found.NONE;
    }

    @Override
    public final List<Change> diff(W want, KeptService.Found have) {
        return want.service().diff(have, false);
    }

    @Override
    public final List<Step> steps(W want, KeptService.Found have, List<Change> changes) {
        List<Argv> left = left();
        return want.service()
                .steps(have, changes, left, left.stream().<Step>map(Step::run).toList());
    }

    @Override
    public final Optional<Memory> memory(W want, KeptService.Found have, Optional<Memory> before) {
        return want.service().isWanted() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    public final List<String> adopts(W want, KeptService.Found have) {
        return want.service().foreign(have);
    }

    @Override
    public List<Finding> findings(W want, KeptService.Found have, Answers answers) {
        return want.service().isWanted() ? List.of(finding(want, have)) : List.of();
    }
}
