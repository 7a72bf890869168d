package org.linkctl.modules.filter;

import com.fasterxml.jackson.databind.JsonNode;
import org.linkctl.net.Cidr;

/** What an expression of an nft rule says of a packet (libnftables-json(5), "match"). */
final class NftMatch {
    private NftMatch() {}

    static Sure of(JsonNode match, Flow flow) {
        return of(match.path("left"), match.path("op").asText(), match.path("right"), flow);
    }

    static Sure of(JsonNode left, String op, JsonNode right, Flow flow) {
        Sure equal = any(left, right, flow);
        return switch (op) {
            case "==", "in", "" -> equal;
            case "!=" -> equal.not();
            default -> Sure.MAYBE;
        };
    }

    /** A list, a set, or one value. */
    private static Sure any(JsonNode left, JsonNode right, Flow flow) {
        JsonNode list = right.isArray() ? right : right.path("set");
        if (!list.isArray()) return one(left, right, flow);
        Sure out = Sure.NO;
        for (JsonNode each : list) {
            Sure same = one(left, each.has("elem") ? each.path("elem").path("val") : each, flow);
            if (same == Sure.YES) return Sure.YES;
            if (same == Sure.MAYBE) out = Sure.MAYBE;
        }
        return out;
    }

    private static Sure one(JsonNode left, JsonNode value, Flow flow) {
        JsonNode meta = left.path("meta");
        if (meta.isObject()) return meta(meta.path("key").asText(), value, flow);
        JsonNode ct = left.path("ct");
        if (ct.isObject()) return ct(ct.path("key").asText(), value);
        JsonNode payload = left.path("payload");
        return payload.isObject() ? payload(payload, value, flow) : Sure.MAYBE;
    }

    private static Sure meta(String key, JsonNode value, Flow flow) {
        if (!value.isTextual() || value.asText().startsWith("@")) return Sure.MAYBE;
        String text = value.asText();
        return switch (key) {
            case "iif", "iifname" -> device(text, flow.in(), true);
            case "oif", "oifname" -> device(text, flow.out(), flow.hook() == Flow.Hook.FORWARD);
            case "l4proto" -> IptablesMatch.protocol(text, flow);
            case "nfproto" -> Sure.of(text.equals(flow.isV6() ? "ipv6" : "ipv4"));
            case "pkttype" -> Sure.of(text.equals("host") || text.equals("unicast"));
            default -> Sure.MAYBE;
        };
    }

    private static Sure device(String pattern, String device, boolean any) {
        return IptablesMatch.device(
                pattern.endsWith("*") ? pattern.substring(0, pattern.length() - 1) + "+" : pattern, device, any);
    }

    /** Of a connection's first packet, which nothing has translated. */
    private static Sure ct(String key, JsonNode value) {
        return switch (key) {
            case "state" -> Sure.of(value.asText().equals("new"));
            case "status" -> Sure.NO;
            default -> Sure.MAYBE;
        };
    }

    private static Sure payload(JsonNode payload, JsonNode value, Flow flow) {
        String protocol = payload.path("protocol").asText();
        return switch (payload.path("field").asText()) {
            case "saddr" -> family(protocol, flow).and(address(value, flow.from()));
            case "daddr" -> family(protocol, flow).and(address(value, flow.to()));
            case "protocol", "nexthdr" -> family(protocol, flow).and(IptablesMatch.protocol(value.asText(), flow));
            case "dport" -> transport(protocol, flow).and(port(value, flow));
            // ICMP's types and codes and the like.
            default -> transport(protocol, flow).and(Sure.MAYBE);
        };
    }

    private static Sure family(String protocol, Flow flow) {
        return Sure.of(protocol.equals(flow.isV6() ? "ip6" : "ip"));
    }

    private static Sure transport(String protocol, Flow flow) {
        return switch (protocol) {
            case "th" -> Sure.YES;
            case "ip", "ip6" -> family(protocol, flow);
            case "tcp", "udp" -> IptablesMatch.protocol(protocol, flow);
            default -> Sure.NO;
        };
    }

    private static Sure address(JsonNode value, Cidr address) {
        JsonNode prefix = value.path("prefix");
        if (prefix.isObject())
            return Iptables.inside(
                    prefix.path("addr").asText() + "/" + prefix.path("len").asText(), address);
        return value.isTextual() ? Iptables.inside(value.asText(), address) : Sure.MAYBE;
    }

    private static Sure port(JsonNode value, Flow flow) {
        JsonNode range = value.path("range");
        if (range.isArray())
            return Iptables.ports(range.path(0).asText() + "-" + range.path(1).asText(), flow);
        return value.isNumber() || value.isTextual() ? Iptables.ports(value.asText(), flow) : Sure.MAYBE;
    }
}
