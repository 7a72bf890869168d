package org.linkctl.spi;

import java.util.List;

/**
 * Something that {@code linkctl doctor} looks at on hosts and that is no single module's own: the system, its kernel, the
 * paths between hosts. Pure, as modules are, and found through {@link java.util.ServiceLoader}.
 */
public interface Examination {
    /** When something is asked. All hosts have answered one of them before any is asked the next. */
    enum Look {
        FIRST,
        /** Packets are sent: pings, and datagrams that nobody takes. */
        PROBES,
        LAST
    }

    /** What it looks at, in a word or two: it stands where an answer could not be understood. */
    String name();

    /**
     * Read-only questions to the scope's host.
     *
     * @param sight what all hosts have answered before
     */
    List<Question<?>> questions(Scope scope, Look look, Sight sight);

    /**
     * What the answers say of the scope's host.
     *
     * @throws UnreadableFacts rather than a guess
     */
    List<Diagnosis> diagnoses(Scope scope, Sight sight);
}
