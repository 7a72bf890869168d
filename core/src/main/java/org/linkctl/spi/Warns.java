package org.linkctl.spi;

import java.util.List;

/**
 * A module that finds on a host what the user has to know and no change says: that a link gets weaker, that somebody else's
 * rules stop what is declared.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Warns<R extends Resource, F extends Record> extends Module<R, F> {
    /** A sentence each; shown before anything is changed, and where nothing differs, too. */
    List<String> warnings(R want, F have);
}
