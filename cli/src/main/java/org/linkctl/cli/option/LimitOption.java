package org.linkctl.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The hosts that a run is limited to. */
public final class LimitOption {
    @Option(
            names = "--limit",
            split = ",",
            paramLabel = "NAME",
            order = 10,
            description = {
                "Only these hosts: each by its name, or that of its pair, of a group or tag, or of its site. What they"
                        + " need of others is still read there."
            })
    private List<String> hosts = new ArrayList<>();

    /** Empty: all. */
    List<String> hosts() {
        return List.copyOf(hosts);
    }

    void set(List<String> names) {
        hosts = new ArrayList<>(names);
    }
}
