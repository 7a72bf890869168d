package org.linkctl.modules.frr;

import java.util.List;
import java.util.Set;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;

/** Which of FRR's daemons a host starts at boot, and how they are started: each system's own. */
public interface FrrSwitch {
    /** What has to change so that these are started at boot. */
    List<Change> on(Set<String> daemons);

    /**
     * What has to change so that it is as it was before.
     *
     * @param found as {@link #found} remembered it
     * @param unused daemons that nobody has configured anything of any more
     */
    List<Change> off(Memory found, Set<String> unused);

    /** Adds what {@link #off} needs to know. */
    Memory found(Memory memory, Set<String> daemons);

    /** The daemons that were not started at boot before, by what {@link #found} remembered. */
    Set<String> switchedOn(Memory found);

    /** Makes changes that {@link #on} or {@link #off} found; others are passed over. */
    List<Step> steps(List<Change> changes);

    /**
     * Starts daemons that do not run.
     *
     * @param running FRR runs, without them
     * @param idle it does nothing for anybody
     */
    List<Step> start(boolean running, Set<String> daemons, boolean idle);

    /** Starts FRR with the daemons of its next boot. */
    Step restart();
}
