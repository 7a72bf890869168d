package org.linkctl.engine;

import java.util.Map;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.run.Convergence;
import org.linkctl.engine.run.Examination;
import org.linkctl.engine.run.Fleet;
import org.linkctl.engine.run.Judge;
import org.linkctl.engine.run.Rollback;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.plan.Planner;
import org.linkctl.plan.Undeclared;
import org.linkctl.spi.Secrets;

/** Carries plans to hosts. */
public final class Engine {
    private final Planner planner;
    private final Connector connector;
    private final Events events;
    private final Settings settings;

    public Engine(Planner planner, Connector connector, Events events, Settings settings) {
        this.planner = planner;
        this.connector = connector;
        this.events = events;
        this.settings = settings;
    }

    /** A run; nobody is contacted yet. Its time limit starts now. Close it. */
    public Run open(Fabric fabric, Selection selection) {
        return open(fabric, selection, Secrets.NONE, Undeclared.REMOVED);
    }

    /**
     * The same for an inventory that names secrets, saying what becomes of what linkctl owns on the hosts and the fabric
     * declares no more.
     */
    public Run open(Fabric fabric, Selection selection, Secrets secrets, Undeclared undeclared) {
        return open(planner, fabric, selection, secrets, undeclared);
    }

    /** A run that leaves hosts with nothing of a fabric's, or with nothing that linkctl calls its own. */
    public Run leave(Fabric fabric, Selection selection, Undeclared undeclared) {
        return open(planner.wantingNothing(), fabric, selection, Secrets.NONE, undeclared);
    }

    private Run open(Planner who, Fabric fabric, Selection selection, Secrets secrets, Undeclared undeclared) {
        Judge judge = new Judge(who, fabric, selection, secrets, events, settings.safety(), undeclared);
        return new Convergence(judge, fleet(), settings.safety());
    }

    /** Looks whether the selected hosts are in health; changes nothing. In the order of the fabric's hosts. */
    public Map<Host, Health> verify(Fabric fabric, Selection selection) {
        try (Fleet fleet = fleet()) {
            return new Examination(judge(fabric, selection), fleet).examine();
        }
    }

    /** What the selected hosts remember of runs that changed them. */
    public Map<Host, History> history(Fabric fabric, Selection selection) {
        try (Fleet fleet = fleet()) {
            return rollback(fabric, selection, fleet).history();
        }
    }

    /** What {@link #undo} would undo on the selected hosts, and where it must not; changes nothing. */
    public Map<Host, Reversal> reversals(Fabric fabric, Selection selection) {
        try (Fleet fleet = fleet()) {
            return rollback(fabric, selection, fleet).outlook();
        }
    }

    /** Undoes one run on each of these hosts, as long as {@link #reversals} would still say so. */
    public Map<Host, Outcome> undo(Fabric fabric, Selection selection, Map<Host, PastRun> runs) {
        try (Fleet fleet = fleet()) {
            return rollback(fabric, selection, fleet).undo(runs);
        }
    }

    private Rollback rollback(Fabric fabric, Selection selection, Fleet fleet) {
        return new Rollback(fabric, judge(fabric, selection), fleet, settings.safety());
    }

    private Judge judge(Fabric fabric, Selection selection) {
        return judge(fabric, selection, Secrets.NONE);
    }

    private Judge judge(Fabric fabric, Selection selection, Secrets secrets) {
        return new Judge(planner, fabric, selection, secrets, events);
    }

    private Fleet fleet() {
        return new Fleet(connector, events, settings.forks(), settings.runTimeout());
    }
}
