package org.linkctl.spi;

import java.util.Set;

/**
 * A module whose changes may have to be made on several hosts in one run, depending on what was found: a link whose ends
 * differ carries nothing. Where it can be said without looking at the host, {@link Resource#partners} is enough.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Partnered<R extends Resource, F extends Record> extends Module<R, F> {
    /**
     * The other hosts, by name. While one of them is not part of the run, or is no longer, the difference is shown and
     * nothing is done. It counts in place of {@link Resource#partners}.
     */
    Set<String> partners(R want, F have);
}
