package org.linkctl.modules.linux.defaultroute;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.modules.linux.kernel.Json;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;

/**
 * A default route, as the kernel has it.
 *
 * @param via null: straight onto the interface
 * @param device empty: it has several next hops
 * @param metric of several routes the least counts
 * @param protocol who set it (rtnetlink(7), rtm_protocol)
 */
record Default(@Nullable Ip via, String device, int metric, String protocol) {
    /** What a route of IPv6 gets for which none is named (net/ipv6/route.c, IP6_RT_PRIO_USER). */
    private static final int USUAL_V6 = 1024;

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9.:_@=+-]{1,45}");

    /** Of linkctl's metric, or of that which a route has for which nobody named one. */
    boolean isUsual(boolean v6) {
        return metric == IpRoute.defaultMetric(v6) || metric == (v6 ? USUAL_V6 : 0);
    }

    static List<Default> read(String answer) {
        List<Default> out = new ArrayList<>();
        for (JsonNode route : Json.objects("ip route show default", answer)) {
            if (!Json.text(route, "dst").equals("default")) continue;
            boolean several = route.has("nexthops");
            out.add(new Default(
                    several ? null : Ip.parse(route.path("gateway").asText()).orElse(null),
                    several ? "" : Json.text(route, "dev"),
                    route.path("metric").asInt(0),
                    route.path("protocol").asText("boot")));
        }
        return List.copyOf(out);
    }

    /** That which linkctl's own takes the place of: a table has one of each metric. */
    static Optional<Default> inPlace(List<Default> now, boolean v6) {
        return now.stream()
                .filter(one -> one.metric() == IpRoute.defaultMetric(v6))
                .findFirst();
    }

    /** Router advertisements come and go. */
    boolean is(Ip gateway, String name, boolean v6) {
        return gateway.equals(via)
                && device.equals(name)
                && metric == IpRoute.defaultMetric(v6)
                && !protocol.equals("ra");
    }

    String shown() {
        if (device.isEmpty()) return "several next hops";
        return (via == null ? "" : "via " + via + " ") + "dev " + device;
    }

    /** What sets it again; empty where these words do not say all of it. */
    Optional<Argv> again() {
        if (via == null
                || !WORD.matcher(device).matches()
                || !WORD.matcher(protocol).matches()) return Optional.empty();
        return Optional.of(IpRoute.defaultRoute("replace", via, device, protocol));
    }
}
