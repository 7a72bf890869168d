package org.linkctl.cli.lab

import org.linkctl.cli.context.CommandContext

import java.nio.file.Path
import org.linkctl.cli.context.Installation
import org.linkctl.cli.io.Terminal
import org.linkctl.cli.throughput.MeasurementOutcome
import org.linkctl.cli.throughput.MeasurementResult
import org.linkctl.cli.throughput.RouteDirection
import org.linkctl.cli.throughput.TcpReport
import org.linkctl.dsl.Inventory
import org.linkctl.modules.Modules
import org.linkctl.plan.Planner
import org.linkctl.spi.Published
import spock.lang.Specification

/** What the last part of the demo does where the machine is busy: DemoLabSpec measures for real. */
class DemoMeasurementSpec extends Specification {
    def fabric = Inventory.load(Path.of('../inventories/lab.groovy'), Modules.limits()).fabric()
    def said = new StringWriter()
    List<Double> limits = []

    /** @param rounds what the hosts carry without a limit, in Mbit/s, then how many times one tunnel's rate all are, each way */
    private boolean shown(List<List<Double>> rounds) {
        int round = -1
        def link = [
                limit  : { double bits -> limits << bits; if (bits == 0) round++ },
                carries: { -> rounds[round][0] * 1e6 as double },
                measure: { ->
                    [RouteDirection.of(fabric), rounds[round].drop(1)].transpose().collect { trial, times ->
                        times == null ? new MeasurementOutcome.Failed(trial, 'no answer')
                                : new MeasurementResult(trial, new TcpReport(times * limits.last(), "cubic", 0, 0), limits.last(), [:], [:], Published.NOTHING, [:])
                    }
                }
        ] as DemoMeasurement.Link
        def terminal = new Terminal(new BufferedReader(new StringReader('')), new PrintWriter(said), new PrintWriter(said), [] as Set, 80, [:])
        def session = new CommandContext(terminal, new Installation(new Planner([]), { s, e -> null }), '5/5 measure')
        new DemoMeasurement(session, link, fabric).shown()
    }

    def 'ports get a sixth of what the hosts carry, so that three of them are the limit'() {
        expect:
        shown([[60, 2.95, 2.9]])
        limits == [0, 10e6]
        said.toString().contains('Without a limit the emulated hosts carry 60.0 Mbit/s just now')
        said.toString().contains('each port of a-gw is limited to 10.0 Mbit/s, 1/6 of that')
        said.toString().contains('together: 2.95 times')
        !said.toString().contains('again')
    }

    def 'where the processor was the limit in one direction it is said, and measured again with less'() {
        expect:
        shown([[60, 2.14, 2.9], [18, 2.8, 2.8]])
        limits == [0, 10e6, 0, 2e6]
        said.toString().contains('the processor was the limit, not the ports')
        said.toString().contains('It is measured again.')
    }

    def 'what was not shown is not passed over: #rounds'() {
        expect:
        !shown(rounds)
        limits.size() == calls
        said.toString().contains('the processor was the limit')

        where:
        rounds                                                    || calls
        [[60, 2.14, 0.68], [60, 2.4, 2.9], [60, 2.9, 1.2]]         || 6
        [[60, null, 2.9], [60, 2.9, null], [60, null, null]]       || 6
        [[0.1, 3, 3], [0, 3, 3], [1, 3, 3]]                        || 3
    }
}
