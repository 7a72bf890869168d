package org.linkctl.modules.freebsd.rc;

/** Names of interfaces in names of variables: rc.conf(5) has an underscore for each of {@code . - / +}. */
public final class RcNames {
    private RcNames() {}

    public static String of(String device) {
        return device.replaceAll("[./+-]", "_");
    }

    /**
     * A line of rc.conf(5) that makes rc.d/netif look at an interface's IPv6 aliases: it passes over them where nothing
     * else is said of IPv6 there (network.subr, ipv6if). What is said stays.
     */
    public static String ipv6(String device) {
        String variable = "ifconfig_" + of(device) + "_ipv6";
        return variable + "=\"${" + variable + ":-inet6 auto_linklocal}\"\n";
    }
}
