package org.linkctl.modules.linux.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of bonds, bridges and VLANs for which the language has no attribute, by their ip-link(8) names, and what the kernel
 * gives them where nobody says otherwise (Documentation/networking/bonding.rst; net/bridge/br_device.c, br_dev_setup;
 * net/8021q/vlan_netlink.c). Times of bridges are in hundredths of a second.
 */
final class LinkDefaults {
    private static final Map<String, List<String>> BOND = Map.ofEntries(
            Map.entry("primary", List.of()),
            Map.entry("primary_reselect", List.of("always")),
            Map.entry("fail_over_mac", List.of("none")),
            Map.entry("updelay", List.of("0")),
            Map.entry("downdelay", List.of("0")),
            Map.entry("peer_notify_delay", List.of("0")),
            Map.entry("use_carrier", List.of("1")),
            Map.entry("arp_interval", List.of("0")),
            Map.entry("arp_ip_target", List.of("")),
            Map.entry("ns_ip6_target", List.of("")),
            Map.entry("arp_validate", List.of("null", "none", "")),
            Map.entry("arp_all_targets", List.of("any")),
            Map.entry("arp_missed_max", List.of("2")),
            Map.entry("min_links", List.of("0")),
            Map.entry("ad_select", List.of("stable")),
            Map.entry("ad_lacp_active", List.of("on")),
            Map.entry("ad_actor_sys_prio", List.of("65535")),
            Map.entry("ad_user_port_key", List.of("0")),
            Map.entry("ad_actor_system", List.of("00:00:00:00:00:00")),
            Map.entry("all_slaves_active", List.of("0")),
            Map.entry("resend_igmp", List.of("1")),
            Map.entry("num_peer_notif", List.of("1")),
            Map.entry("lp_interval", List.of("1")));

    private static final Map<String, List<String>> BRIDGE = Map.ofEntries(
            Map.entry("vlan_filtering", List.of("0")),
            Map.entry("vlan_protocol", List.of("802.1Q")),
            Map.entry("priority", List.of("32768")),
            Map.entry("forward_delay", List.of("1500")),
            Map.entry("hello_time", List.of("200")),
            Map.entry("max_age", List.of("2000")),
            Map.entry("ageing_time", List.of("30000")),
            Map.entry("mcast_snooping", List.of("1")),
            Map.entry("mcast_querier", List.of("0")),
            Map.entry("group_fwd_mask", List.of("0", "0x0")));

    private static final Map<String, List<String>> VLAN =
            Map.of("flags", List.of("REORDER_HDR"), "ingress_qos", List.of(""), "egress_qos", List.of(""));

    private LinkDefaults() {}

    /** Those that are otherwise, as ip(8) shows them; one that it does not show is as usual. */
    static Map<String, String> otherwise(JsonNode info) {
        Map<String, List<String>> usual = switch (info.path("info_kind").asText()) {
            case "bond" -> BOND;
            case "bridge" -> BRIDGE;
            case "vlan" -> VLAN;
            default -> Map.of();
        };
        Map<String, String> out = new LinkedHashMap<>();
        info.path("info_data").properties().forEach(option -> {
            List<String> known = usual.get(option.getKey());
            String value = shown(option.getValue());
            if (known != null && !known.contains(value)) out.put(option.getKey(), value);
        });
        return out;
    }

    private static String shown(JsonNode value) {
        if (!value.isContainerNode()) return value.asText();
        List<String> out = new ArrayList<>();
        value.forEach(one -> out.add(shown(one)));
        return String.join(value.isObject() ? ":" : ", ", out);
    }
}
