package org.linkctl.modules.linux.stack;

/** The part of the names of linkctl's files that says that they have a default route. */
final class DefaultRouteName {
    private DefaultRouteName() {}

    static String of(boolean v6) {
        return v6 ? "default-ipv6" : "default-ipv4";
    }
}
