package org.linkctl.dsl

import org.linkctl.model.Balance
import org.linkctl.model.Os
import org.linkctl.model.ProxyArp
import org.linkctl.model.StateSync
import org.linkctl.model.Vip
import org.linkctl.spi.SystemLimits

/** The limits of Linux's modules, which the language does not know; LimitsSpec of the modules holds the two together. */
class Limits implements SystemLimits {
    static final List<SystemLimits> ALL = [new Limits()]

    Os system() { Os.LINUX }

    Map notYet() {
        [(Balance): 'what is spread over next hops', (ProxyArp): 'proxyArp',
         (StateSync): 'stateSync', (Vip): 'addresses of pairs']
    }
}
