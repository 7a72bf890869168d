package org.linkctl.modules.freebsd.bridge

import spock.lang.Specification

/** Options of bridge(4) that no attribute says, as ifconfig(8) shows them. */
class BridgeOptionsSpec extends Specification {
    static final String USUAL = '''\
        bridge0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500
        \tether 00:25:90:00:00:01
        \tid 00:00:00:00:00:00 priority 32768 hellotime 2 fwddelay 15
        \tmaxage 20 holdcnt 6 proto rstp maxaddr 2000 timeout 1200
        \troot id 00:00:00:00:00:00 priority 32768 ifcost 0 port 0
        \tmember: igb1 flags=143<LEARNING,DISCOVER,AUTOEDGE,AUTOPTP>
        \t        ifmaxaddr 0 port 1 priority 128 path cost 20000
        \tmember: igb2 flags=1c7<LEARNING,DISCOVER,STP,AUTOEDGE,PTP,AUTOPTP>
        '''.stripIndent()

    def 'nothing is told of what is as usual'() {
        expect:
        BridgeSetup.otherwise(USUAL) == []
    }

    def 'told is #told'() {
        expect:
        BridgeSetup.otherwise(USUAL.replace(from, to)) == told

        where:
        from                                        | to                                                || told
        'priority 32768 hellotime 2 fwddelay 15'    | 'priority 4096 hellotime 1 fwddelay 4'            || ['priority 4096', 'hellotime 1', 'fwddelay 4']
        'proto rstp maxaddr 2000 timeout 1200'      | 'proto stp maxaddr 100 timeout 60'                || ['proto stp', 'maxaddr 100', 'timeout 60']
        '<LEARNING,DISCOVER,AUTOEDGE,AUTOPTP>'      | '<PRIVATE,STICKY,DISCOVER,AUTOEDGE,AUTOPTP>'      || ['private igb1', 'sticky igb1', '-learn igb1']
    }
}
