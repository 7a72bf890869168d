package org.linkctl.modules.freebsd.bond

import spock.lang.Specification

/** Options of lagg(4) that no attribute says, as {@code ifconfig -v} shows them. */
class LaggOptionsSpec extends Specification {
    def '#flags with #shift: #told'() {
        expect:
        LaggSetup.otherwise("lagg0: flags=8843<UP> metric 0 mtu 1500\n\tlaggproto $proto lagghash l3,l4\n\tlagg options:\n\t\tflags=94<$flags>\n\t\tflowid_shift: $shift\n") == told

        where:
        proto      | flags                                | shift || told
        'lacp'     | 'USE_NUMA,LACP_STRICT,LACP_FAST_TIMO' | 16   || []
        'lacp'     | 'USE_NUMA,LACP_STRICT'                | 16   || []
        'failover' | 'USE_NUMA'                            | 16   || []
        'lacp'     | 'USE_FLOWID,USE_NUMA'                 | 24   || ['use_flowid', '-lacp_strict', 'flowid_shift 24']
    }
}
