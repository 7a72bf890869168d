package org.linkctl.modules.linux.files;

/** Where the programs that linkctl puts on a host lie: one module makes a program, others call it. */
public final class Programs {
    private static final String FOLDER = "/usr/local/lib/linkctl/";

    private Programs() {}

    /** The name of the program that sets a route over those of its tunnels that carry something. */
    public static String routeName(String label) {
        return "route-" + label;
    }

    /** The path of the program that sets a route over those of its tunnels that carry something. */
    public static String route(String label) {
        return FOLDER + routeName(label);
    }
}
