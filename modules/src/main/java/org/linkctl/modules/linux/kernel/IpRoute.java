package org.linkctl.modules.linux.kernel;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;

/** Commands of ip-route(8). */
public final class IpRoute {
    private static final int DEFAULT_METRIC_V6 = 1;

    private IpRoute() {}

    /**
     * The metric of the default route that linkctl makes: the least there is, so that what others add beside it is not used. Of
     * IPv4 that is what the kernel takes where none is named. Of IPv6 the kernel takes 1024 then (net/ipv6/route.c,
     * IP6_RT_PRIO_USER), which is also that of a router advertisement's route: two of them are one route over both
     * neighbours. systemd-networkd gives a router's route 512, 1024 or 2048 (RouterPreference, RFC 4191), NetworkManager 100
     * and more (nm-settings(5), ipv6.route-metric).
     */
    public static int defaultMetric(boolean v6) {
        return v6 ? DEFAULT_METRIC_V6 : 0;
    }

    /** The words that name it, empty for IPv4. */
    public static List<String> defaultMetricWords(boolean v6) {
        return v6 ? List.of("metric", Integer.toString(DEFAULT_METRIC_V6)) : List.of();
    }

    /** Sets a route, whatever the kernel has there; marked as one that an administrator set. */
    public static Argv replace(StaticRoute route) {
        return Argv.of(
                "ip",
                "route",
                "replace",
                route.prefix().toString(),
                "via",
                route.via().text(),
                "proto",
                "static");
    }

    /** The same of the default route of a family. */
    public static Argv replaceDefault(Ip gateway, String device) {
        return defaultRoute("replace", gateway, device, "static");
    }

    public static Argv deleteDefault(Ip gateway, String device) {
        return defaultRoute("delete", gateway, device, "static");
    }

    /**
     * What {@code ip route VERB} is told of a default route of linkctl's metric.
     *
     * @param protocol who set it (rtnetlink(7), rtm_protocol)
     */
    public static Argv defaultRoute(String verb, Ip gateway, String device, String protocol) {
        List<String> words = new ArrayList<>(List.of("ip", gateway.isV6() ? "-6" : "-4", "route", verb, "default"));
        words.addAll(List.of("via", gateway.text(), "dev", device, "proto", protocol));
        words.addAll(defaultMetricWords(gateway.isV6()));
        return Argv.of(words.toArray(String[]::new));
    }
}
