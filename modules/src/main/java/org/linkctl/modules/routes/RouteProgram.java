package org.linkctl.modules.routes;

import org.linkctl.spi.Question;

/**
 * The program on a host that sets a route over those of its tunnels that carry something: one module makes it, others
 * call it.
 */
public final class RouteProgram {
    private RouteProgram() {}

    public static String name(String label) {
        return "route-" + label;
    }

    public static String path(String label) {
        return "/usr/local/lib/linkctl/" + name(label);
    }

    public static Question.ReadFile question(String label) {
        return Question.file(path(label));
    }
}
