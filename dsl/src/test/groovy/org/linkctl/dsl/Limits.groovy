package org.linkctl.dsl

import org.linkctl.model.Os
import org.linkctl.spi.SystemLimits

/** The limits of Linux's modules, which the language does not know; LimitsSpec of the modules holds the two together. */
class Limits implements SystemLimits {
    static final List<SystemLimits> ALL = [new Limits()]

    Os system() { Os.LINUX }

    Map notYet() {
        [:]
    }
}
