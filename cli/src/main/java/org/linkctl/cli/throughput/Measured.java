package org.linkctl.cli.throughput;

/** What became of one trial. */
public sealed interface Measured permits Result, Measured.Failed {
    Trial trial();

    /** It could not be measured. */
    record Failed(Trial trial, String why) implements Measured {}
}
