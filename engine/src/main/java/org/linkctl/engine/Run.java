package org.linkctl.engine;

import java.util.List;
import java.util.Map;
import org.linkctl.model.Host;
import org.linkctl.spi.Published;

/**
 * One pass over the selected hosts. Its connections stay open from {@link #plan} to {@link #close}, so that what is
 * applied is what was planned, on the same connections. Outcomes are in the order of the fabric's hosts. No host's
 * trouble keeps the others from going on, and nothing is thrown for it.
 */
public interface Run extends AutoCloseable {
    /** Connects, looks and decides; changes nothing: Converged, WouldChange, Unreachable or Refused for each host. */
    Map<Host, Outcome> plan();

    /**
     * Where {@link #plan} would change anything, takes the locks of all hosts of the run, and looks again, since others
     * may have been at work meanwhile: as {@link #plan}. From now on nobody else changes those hosts. Where one is Locked
     * by another run none is held, and {@link #apply} does nothing anywhere: two runs go one after the other.
     */
    Map<Host, Outcome> reserve();

    /**
     * Carries out what {@link #reserve} decided (which it does first where that was not done), then what becomes known
     * only thereby, such as keys; looks again: Converged, Changed, NotConverged, RolledBack,
     * Failed, Locked, Unreachable or Refused. Whatever could have cut anybody off is confirmed over a new connection, or
     * undone by the host itself.
     */
    Map<Host, Outcome> apply();

    /** In which order what {@link #plan} or {@link #reserve} found is carried out, and what stops traffic for it. */
    Stages stages();

    /** What whoever goes on with what {@link #plan} or {@link #reserve} found has to know beside the changes. */
    Map<Host, List<HostPlan.Warning>> warnings();

    /** By what the run is known on the hosts and in records. */
    String id();

    /** What the hosts told of themselves, as far as known now. */
    Published published();

    /** Leaves all hosts. From another thread, as on Ctrl-C: what is under way ends as Unreachable. */
    @Override
    void close();
}
