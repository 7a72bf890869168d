package org.linkctl.modules.linux.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.routes.DependentRoutes;
import org.linkctl.modules.routes.ManagementSession;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** The routes of all tables (ip-route(8)), and how linkctl's own session comes. */
public final class RouteTables {
    private RouteTables() {}

    private static Question.Command command(boolean v6) {
        return Question.command("ip", "-j", v6 ? "-6" : "-4", "route", "show", "table", "all");
    }

    public static List<Question<?>> questions() {
        return List.of(command(false), command(true), ManagementSession.question());
    }

    public static DependentRoutes read(Answers answers) {
        List<DependentRoutes.Hop> out = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            for (JsonNode route : Json.objects("ip route show", answers.stdout(command(v6)))) {
                String table = route.path("table").asText("main");
                // Those of the table local are the kernel's, as are the link-local ones.
                Cidr prefix = prefix(Json.text(route, "dst"), v6);
                if (prefix == null || table.equals("local")) continue;
                JsonNode several = route.path("nexthops");
                if (route.has("dev")) out.add(hop(prefix, table, route, route, false));
                for (JsonNode hop : several) if (hop.has("dev")) out.add(hop(prefix, table, route, hop, true));
            }
        }
        return new DependentRoutes(out, ManagementSession.read(answers));
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
