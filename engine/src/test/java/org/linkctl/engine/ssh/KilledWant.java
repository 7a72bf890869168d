package org.linkctl.engine.ssh;

import org.linkctl.spi.Resource;

/** A folder that shall hold what KilledSpec says. */
public record KilledWant(String dir) implements Resource {
    @Override
    public String id() {
        return "toy.sweep[" + dir + "]";
    }
}
