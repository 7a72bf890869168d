package org.linkctl.modules.linux.kernel;

import org.linkctl.modules.routes.StaticRoute;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;

/** Commands of ip-route(8). */
public final class IpRoute {
    private IpRoute() {}

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
        return Argv.of(
                "ip",
                gateway.isV6() ? "-6" : "-4",
                "route",
                "replace",
                "default",
                "via",
                gateway.text(),
                "dev",
                device,
                "proto",
                "static");
    }
}
