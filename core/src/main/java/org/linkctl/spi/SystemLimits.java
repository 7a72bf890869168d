package org.linkctl.spi;

import java.util.Map;
import org.linkctl.model.Intent;
import org.linkctl.model.Os;

/**
 * What can be declared and linkctl does not make on hosts of one system yet: said beside the system's modules, which would
 * make it. Such a declaration is an error of the inventory: without it the host would seem to be as wanted. Listed in
 * {@code Modules}; a system whose modules make all has none.
 */
public interface SystemLimits {
    Os system();

    /** The kinds of things, each with its name in "linkctl makes NAME on … hosts only", such as {@code firewalls}. */
    Map<Class<? extends Intent>, String> notYet();

    /** Of those kinds that the system itself cannot have: why, such as {@code the program is for Linux alone}. */
    default Map<Class<? extends Intent>, String> reasons() {
        return Map.of();
    }
}
