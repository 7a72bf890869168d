package org.linkctl.cli.throughput;

/** The outcome of measuring one direction of a route. */
public sealed interface MeasurementOutcome permits MeasurementResult, MeasurementOutcome.Failed {
    RouteDirection trial();

    /** It could not be measured. */
    record Failed(RouteDirection trial, String why) implements MeasurementOutcome {}
}
