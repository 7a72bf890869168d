package org.linkctl.modules.linux.kernel

import com.fasterxml.jackson.databind.ObjectMapper
import org.linkctl.spi.Answer
import org.linkctl.spi.Answers
import spock.lang.Specification

/** What ip(8) shows of a bond, a bridge or a VLAN that no attribute says is told by import, and what is as usual is not. */
class LinkDefaultsSpec extends Specification {
    /** As iproute2 6.1 shows them of devices that were made without options. */
    static final Map<String, Map> USUAL = [
        bond  : [mode: 'active-backup', active_slave: 'eth1', miimon: 100, updelay: 0, downdelay: 0, peer_notify_delay: 0, use_carrier: 1, arp_interval: 0, arp_missed_max: 2, arp_validate: null, arp_all_targets: 'any', primary_reselect: 'always', fail_over_mac: 'none', xmit_hash_policy: 'layer3+4', resend_igmp: 1, num_peer_notif: 1, all_slaves_active: 0, min_links: 0, lp_interval: 1, packets_per_slave: 1, ad_lacp_active: 'on', ad_lacp_rate: 'fast', ad_select: 'stable', tlb_dynamic_lb: 1, ad_actor_sys_prio: 65535, ad_user_port_key: 0, ad_actor_system: '00:00:00:00:00:00'],
        bridge: [forward_delay: 1500, hello_time: 200, max_age: 2000, ageing_time: 30000, stp_state: 0, priority: 32768, vlan_filtering: 0, bridge_id: '8000.0:0:0:0:0:0', group_fwd_mask: '0', mcast_snooping: 1, mcast_querier: 0],
        vlan  : [protocol: '802.1Q', id: 20, flags: ['REORDER_HDR']]]

    static List<String> told(String kind, Map data) {
        def links = [[ifname: 'x0', flags: [], mtu: 1500, link_type: 'ether', linkinfo: [info_kind: kind, info_data: data]]]
        def answer = new Answer.Output(0, new ObjectMapper().writeValueAsString(links), '')
        Links.from(new Answers([(Links.question()): answer])).byName().x0.unsaid(kind)*.what()
    }

    def 'nothing is told of a #kind with the options that the kernel gives it'() {
        expect:
        told(kind, USUAL[kind]) == []

        where:
        kind << USUAL.keySet()
    }

    def 'of a #kind is told: #text'() {
        expect:
        told(kind, USUAL[kind] + other) == text

        where:
        kind     | other                                                                    || text
        'bond'   | [primary: 'eth1', primary_reselect: 'better']                            || ['x0: primary_reselect better', 'x0: primary eth1']
        'bond'   | [fail_over_mac: 'active', updelay: 200, downdelay: 400, min_links: 2]    || ['x0: updelay 200', 'x0: downdelay 400', 'x0: fail_over_mac active', 'x0: min_links 2']
        'bond'   | [arp_interval: 500, arp_ip_target: ['192.0.2.1', '192.0.2.2']]           || ['x0: arp_interval 500', 'x0: arp_ip_target 192.0.2.1, 192.0.2.2']
        'bond'   | [ad_select: 'bandwidth', ad_actor_sys_prio: 100]                         || ['x0: ad_select bandwidth', 'x0: ad_actor_sys_prio 100']
        'bridge' | [vlan_filtering: 1, priority: 4096, forward_delay: 400]                  || ['x0: forward_delay 400', 'x0: priority 4096', 'x0: vlan_filtering 1']
        'bridge' | [mcast_snooping: 0, ageing_time: 0]                                      || ['x0: ageing_time 0', 'x0: mcast_snooping 0']
        'vlan'   | [flags: ['REORDER_HDR', 'GVRP'], egress_qos: [[from: 0, to: 3]]]         || ['x0: flags REORDER_HDR, GVRP', 'x0: egress_qos 0:3']
        'vlan'   | [flags: []]                                                              || ['x0: flags none']
    }
}
