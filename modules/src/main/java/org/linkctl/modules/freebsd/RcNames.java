package org.linkctl.modules.freebsd;

/** Names of interfaces in names of variables: rc.conf(5) has an underscore for each of {@code . - / +}. */
final class RcNames {
    private RcNames() {}

    static String of(String device) {
        return device.replaceAll("[./+-]", "_");
    }
}
