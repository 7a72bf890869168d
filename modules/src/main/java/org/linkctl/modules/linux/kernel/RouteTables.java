package org.linkctl.modules.linux.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.routes.ManagementSession;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * The routes of all tables (ip-route(8)) that the kernel, an administrator, a DHCP client or router advertisements set, and
 * how linkctl's own session comes. Asked for one by one: the routes of a routing daemon, of which a router may have a
 * million, stay out of the answers.
 */
public final class RouteTables {
    /** Who sets them, as ip-route(8) names them without any file (rtnetlink(7), rtm_protocol). */
    private static final List<String> PROTOCOLS = List.of("kernel", "boot", "static", "dhcp", "ra");

    private RouteTables() {}

    /** What is asked of one family, and of whoever set its routes. */
    private record Part(boolean v6, Question.Command question) {
        static Part of(boolean v6, String protocol) {
            String family = v6 ? "-6" : "-4";
            return new Part(
                    v6, Question.command("ip", "-j", family, "route", "show", "table", "all", "proto", protocol));
        }
    }

    /** Of IPv4 there are no router advertisements (RFC 4861). */
    private static List<Part> parts() {
        List<Part> out = new ArrayList<>();
        for (String protocol : PROTOCOLS) {
            if (!protocol.equals("ra")) out.add(Part.of(false, protocol));
            out.add(Part.of(true, protocol));
        }
        return out;
    }

    public static List<Question<?>> questions() {
        List<Question<?>> out = new ArrayList<>();
        for (Part part : parts()) out.add(part.question());
        out.add(ManagementSession.question());
        return List.copyOf(out);
    }

    public static DependentRoutes read(Answers answers) {
        List<DependentRoutes.Hop> out = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Part part : parts()) {
            try {
                out.addAll(hops(answers.stdout(part.question()), part.v6()));
            } catch (UnreadableFacts e) {
                unread.add(String.valueOf(e.getMessage()));
            }
        }
        return new DependentRoutes(out, ManagementSession.read(answers), unread);
    }

    private static List<DependentRoutes.Hop> hops(String answer, boolean v6) {
        List<DependentRoutes.Hop> out = new ArrayList<>();
        for (JsonNode route : Json.objects("ip route show", answer)) {
            String table = route.path("table").asText("main");
            // Those of the table local are the kernel's, as are the link-local ones; of uplinks and hubs, a service
            // sets
            // them again.
            Cidr prefix = prefix(Json.text(route, "dst"), v6);
            if (prefix == null || table.equals("local") || isOurs(table)) continue;
            JsonNode several = route.path("nexthops");
            if (route.has("dev")) out.add(hop(prefix, table, route, route, false));
            for (JsonNode hop : several) if (hop.has("dev")) out.add(hop(prefix, table, route, hop, true));
        }
        return out;
    }

    private static boolean isOurs(String table) {
        return Numbers.isIn(Numbers.UPLINKS, table) || Numbers.isIn(Numbers.HUBS, table);
    }

    private static DependentRoutes.Hop hop(Cidr prefix, String table, JsonNode route, JsonNode hop, boolean several) {
        String via = hop.has("gateway")
                ? hop.path("gateway").asText()
                : hop.path("via").path("host").asText();
        return new DependentRoutes.Hop(
                prefix,
                table,
                Ip.parse(via).orElse(null),
                Json.text(hop, "dev"),
                Ip.parse(route.path("prefsrc").asText()).orElse(null),
                several);
    }

    private static @Nullable Cidr prefix(String text, boolean v6) {
        if (text.equals("default")) return Cidr.of(v6 ? "::/0" : "0.0.0.0/0");
        Cidr prefix = Cidr.parse(text).or(() -> Ip.parse(text).map(Cidr::host)).orElse(null);
        boolean linkLocal = prefix != null && prefix.isV6() && prefix.toString().startsWith("fe80:");
        return linkLocal || text.startsWith("ff00:") ? null : prefix;
    }
}
