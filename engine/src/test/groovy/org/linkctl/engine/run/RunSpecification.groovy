package org.linkctl.engine.run

import static org.linkctl.engine.run.Toy.fabric

import java.time.Duration

import org.linkctl.engine.Events
import org.linkctl.engine.Safety
import org.linkctl.engine.Selection
import org.linkctl.plan.Planner
import org.linkctl.spi.Secrets
import spock.lang.Specification

/** Specs of a run over hosts in memory with a module of files. */
abstract class RunSpecification extends Specification {
    def network = new Toy.Network()
    def module = new Toy.Files()
    def settling = new SettleTime(Duration.ofMillis(200), Duration.ofMillis(5))
    int forks = 4
    Events events = Events.SILENT
    Duration limit = Duration.ofSeconds(15)

    def run(fabric, selection = Selection.ALL, modules = [module]) {
        new Convergence(
                new RunPlanner(new Planner(modules), fabric, selection, Secrets.NONE, events),
                new Fleet(network, events, forks, limit),
                Safety.USUAL,
                settling)
    }

    def named(Map outcomes) { outcomes.collectEntries { host, outcome -> [host.name(), outcome] } }
}
