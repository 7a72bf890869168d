package org.linkctl.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.model.Host;
import org.linkctl.spi.Published;

/**
 * One run over the selected hosts. Its connections stay open from {@link #plan} to {@link #close}, so that what is
 * applied is what was planned. Outcomes are in the order of the fabric's hosts. A host that fails does not stop the
 * others, and is an outcome, not an exception.
 */
public interface Run extends AutoCloseable {
    /** Connects, probes and plans; changes nothing: Converged, WouldChange, Unreachable or Refused for each host. */
    Map<Host, Outcome> plan();

    /**
     * Where {@link #plan} found changes, takes the locks of all hosts of the run and probes again, since other runs may
     * have changed them meanwhile; outcomes as of {@link #plan}. From now on no other run changes these hosts. Where
     * another run holds one of the locks, none is kept, and {@link #apply} does nothing on any host.
     */
    Map<Host, Outcome> reserve();

    /**
     * Carries out what {@link #reserve} planned (and calls it first where that was not done), then what becomes known
     * only thereby, such as keys; and probes again: Converged, Changed, NotConverged, RolledBack, Failed, Locked,
     * Unreachable or Refused. Guarded changes are confirmed over a new connection, or the host undoes them.
     */
    Map<Host, Outcome> apply();

    /** The order in which the changes are carried out, and those that interrupt traffic. */
    Stages stages();

    /**
     * Where several runs share the hosts ({@link Selection#together}): by the name of each host on which something is left
     * waiting, the hosts that have to be in one run for it, itself among them. Empty: nothing waits for hosts of other
     * runs. What needs a host on which this run has failed is not among it.
     */
    Map<String, Set<String>> together();

    /** Warnings that belong to the plan, by host. */
    Map<Host, List<HostPlan.Warning>> warnings();

    /** The id of the run on the hosts and in records. */
    String id();

    /** What hosts have published so far, such as public keys. */
    Published published();

    /** Closes all connections. Called from another thread, as on Ctrl-C: what is under way ends as Unreachable. */
    @Override
    void close();
}
