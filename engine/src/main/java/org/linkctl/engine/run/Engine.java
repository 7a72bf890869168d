package org.linkctl.engine.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.engine.Checkup;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Drain;
import org.linkctl.engine.Events;
import org.linkctl.engine.Health;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Selection;
import org.linkctl.engine.Settings;
import org.linkctl.engine.guard.History;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.PlannedRollback;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.plan.Planner;
import org.linkctl.plan.Undeclared;
import org.linkctl.spi.Examination;
import org.linkctl.spi.Secrets;

/** The engine as its callers see it: opens runs, verifies hosts, and rolls back what runs have changed. */
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

    /** Opens a run. No host is contacted yet; the run's time limit starts now. The caller closes it. */
    public Run open(Fabric fabric, Selection selection) {
        return open(fabric, selection, Secrets.NONE, Undeclared.REMOVED);
    }

    /**
     * Opens a run of an inventory that refers to secrets.
     *
     * @param undeclared what becomes of resources that linkctl owns on the hosts and the inventory no longer declares
     */
    public Run open(Fabric fabric, Selection selection, Secrets secrets, Undeclared undeclared) {
        return open(planner, fabric, selection, secrets, undeclared);
    }

    /** Opens a run that takes something out of service, or puts it back, and changes nothing else. */
    public Run drain(Fabric fabric, Drain drain, Secrets secrets) {
        RunPlanner plans = new RunPlanner(
                planner,
                fabric,
                new Selection(drain.hosts(), Set.of()),
                secrets,
                events,
                settings.safety(),
                Undeclared.REMOVED,
                drain);
        return new Convergence(plans, fleet(), settings.safety());
    }

    /** Opens a run that wants nothing on the hosts: what the fabric owns there is removed, or forgotten. */
    public Run leave(Fabric fabric, Selection selection, Undeclared undeclared) {
        return open(planner.wantingNothing(), fabric, selection, Secrets.NONE, undeclared);
    }

    private Run open(Planner who, Fabric fabric, Selection selection, Secrets secrets, Undeclared undeclared) {
        RunPlanner plans = new RunPlanner(who, fabric, selection, secrets, events, settings.safety(), undeclared);
        return new Convergence(plans, fleet(), settings.safety());
    }

    /** Checks the health of the selected hosts, in the order of the fabric; changes nothing. */
    public Map<Host, Health> verify(Fabric fabric, Selection selection) {
        try (Fleet fleet = fleet()) {
            return new HealthCheck(runPlanner(fabric, selection), fleet).examine();
        }
    }

    /** What is in the way of what is declared for the selected hosts, in the order of the fabric; changes nothing. */
    public Map<Host, Checkup> diagnose(Fabric fabric, Selection selection, List<Examination> examinations) {
        try (Fleet fleet = fleet()) {
            return new Doctor(fabric, runPlanner(fabric, selection), examinations, fleet).examine();
        }
    }

    /** Opens connections for single commands. The caller closes it. */
    public HostCommands commands() {
        return new HostCommands(fleet(), settings.safety());
    }

    /** Opens connections for questions alone. The caller closes it. */
    public HostQuestions questions() {
        return new HostQuestions(fleet());
    }

    /** The runs that changed the selected hosts, as the hosts recorded them. */
    public Map<Host, History> history(Fabric fabric, Selection selection) {
        try (Fleet fleet = fleet()) {
            return rollback(fabric, selection, fleet).history();
        }
    }

    /** What {@link #undo} would undo on each selected host, and where it must not; changes nothing. */
    public Map<Host, PlannedRollback> plannedRollbacks(Fabric fabric, Selection selection) {
        try (Fleet fleet = fleet()) {
            return rollback(fabric, selection, fleet).preview();
        }
    }

    /** Undoes one run on each of these hosts, if {@link #plannedRollbacks} would still say so. */
    public Map<Host, Outcome> undo(Fabric fabric, Selection selection, Map<Host, PastRun> runs) {
        try (Fleet fleet = fleet()) {
            return rollback(fabric, selection, fleet).undo(runs);
        }
    }

    private Rollback rollback(Fabric fabric, Selection selection, Fleet fleet) {
        return new Rollback(fabric, runPlanner(fabric, selection), fleet, settings.safety());
    }

    private RunPlanner runPlanner(Fabric fabric, Selection selection) {
        return runPlanner(fabric, selection, Secrets.NONE);
    }

    private RunPlanner runPlanner(Fabric fabric, Selection selection, Secrets secrets) {
        return new RunPlanner(planner, fabric, selection, secrets, events);
    }

    private Fleet fleet() {
        return new Fleet(connector, events, settings.forks(), settings.runTimeout());
    }
}
