package org.linkctl.modules.freebsd.pfsync;

import java.util.List;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Found;
import org.linkctl.spi.Question;

/** How a host tells another one of its connections, as {@code linkctl import} has to know it. */
final class PfsyncFound {
    private PfsyncFound() {}

    static List<Question<?>> questions() {
        return List.of(PfsyncModule.SHOW);
    }

    static List<Found> read(Answers answers) {
        PfsyncModule.Setup setup = PfsyncModule.setup(answers.to(PfsyncModule.SHOW));
        if (setup == null) return List.of();
        Integer most = setup.updates() == PfsyncModule.UPDATES ? null : setup.updates();
        return List.of(new Found.Synced(setup.device(), setup.peer().equals(PfsyncModule.ALL), setup.defer(), most));
    }
}
