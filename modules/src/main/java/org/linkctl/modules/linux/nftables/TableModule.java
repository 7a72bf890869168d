package org.linkctl.modules.linux.nftables;

import java.util.List;
import java.util.Optional;
import org.linkctl.model.Os;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;

/** A module whose only thing on a host is a table of nftables, and the service that loads it. */
public interface TableModule<W extends TableModule.Loaded>
        extends Remembered<W, TableService.Found>, Rendered<W, TableService.Found> {
    /** A table that a host shall have, or that there is none any more. */
    interface Loaded extends Resource {
        /** The service; one that is not wanted where there shall be no table. */
        TableService service();
    }

    @Override
    default Os system() {
        return Os.LINUX;
    }

    @Override
    default List<Question<?>> probe(W want) {
        return want.service().questions();
    }

    @Override
    default TableService.Found facts(W want, Answers answers) {
        return want.service().read(answers);
    }

    @Override
    default TableService.Found bare(W want) {
        return TableService.Found.NONE;
    }

    @Override
    default List<Change> diff(W want, TableService.Found have) {
        return want.service().diff(have, false);
    }

    @Override
    default List<Step> steps(W want, TableService.Found have, List<Change> changes) {
        return want.service().steps(have, changes);
    }

    @Override
    default Optional<Memory> memory(W want, TableService.Found have, Optional<Memory> before) {
        return want.service().service().isWanted() ? Optional.of(Memory.OWNED) : Optional.empty();
    }

    @Override
    default List<String> adopts(W want, TableService.Found have) {
        return want.service().service().foreign(have.service());
    }
}
