package org.linkctl.spi;

import java.util.List;
import java.util.Map;
import org.linkctl.model.Intent;
import org.linkctl.model.Link;
import org.linkctl.model.Os;

/**
 * What can be declared and linkctl does not make on hosts of one system: said beside the system's modules, which would make
 * it. Such a declaration is an error of the inventory: without it the host would seem to be as wanted. Listed in
 * {@code Modules}; a system without limits has none.
 */
public interface SystemLimits {
    Os system();

    /** The kinds of things that linkctl does not make there yet, each with its name in "linkctl makes NAME on … hosts only", such as {@code firewalls}. */
    Map<Class<? extends Intent>, String> notYet();

    /** Of those kinds that the system itself cannot have: why, such as {@code the program is for Linux alone}. */
    default Map<Class<? extends Intent>, String> reasons() {
        return Map.of();
    }

    /**
     * The files that an interface would have, by the names that each network stack of the system gives them: two interfaces of
     * a host that have one of them in common cannot both be there. Which stack a host has is not known here.
     */
    default List<String> files(Link link) {
        return List.of();
    }
}
