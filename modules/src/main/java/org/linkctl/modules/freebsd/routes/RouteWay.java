package org.linkctl.modules.freebsd.routes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.freebsd.kernel.Netstat;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Argv;

/**
 * One way to a prefix, in the words of route(8). {@code -weight} is missing in its manual and is in its keywords
 * (sbin/route/keywords).
 *
 * @param device null: whichever leads to the gateway
 * @param source what this host itself sends from there; null: the address towards the gateway
 */
public record RouteWay(
        Cidr prefix,
        String gateway,
        @Nullable String device,
        int weight,
        @Nullable Ip source) {
    /** Name of the kernel parameter that lets a prefix have several ways (sys/net/route/route_ctl.c). */
    public static final String MULTIPATH = "net.route.multipath";

    /** By a neighbour on one of the host's own networks. */
    public static RouteWay by(Cidr prefix, Ip gateway) {
        return new RouteWay(prefix, gateway.text(), null, 1, null);
    }

    /** One that the kernel has. Its source cannot be told. */
    public static RouteWay of(Netstat.Path path) {
        return new RouteWay(path.prefix(), path.gateway(), path.device(), path.weight(), null);
    }

    public boolean is(Netstat.Path path) {
        return path.isByGateway() && gateway.equals(path.gateway()) && (device == null || device.equals(path.device()));
    }

    private List<String> words(String verb) {
        String family = prefix.isV6() ? "-inet6" : "-net";
        return new ArrayList<>(List.of("route", "-n", verb, family, destination(prefix), gateway));
    }

    static String destination(Cidr prefix) {
        return prefix.length() == 0 ? "default" : prefix.toString();
    }

    /**
     * A source brings its own interface with it unless one is named (sys/net/route.c, rt_getifa_fib); route(8) takes a
     * name as such only with a colon behind it (link_addr(3)).
     */
    private Argv making(String verb, boolean weighted) {
        List<String> words = words(verb);
        words.add("-proto2");
        if (weighted) words.addAll(List.of("-weight", Integer.toString(weight)));
        if (source != null && device != null) words.addAll(List.of("-ifp", device + ":", "-ifa", source.text()));
        return new Argv(words);
    }

    /** Of several ways one weighs 1 unless something is said (RT_DEFAULT_WEIGHT). */
    public Argv add() {
        return making("add", weight != 1);
    }

    /** The way by the same gateway, where there are several; where there is one, that. */
    public Argv change() {
        return making("change", true);
    }

    /** By the gateway: of several ways to the prefix, this one alone goes. */
    public Argv delete() {
        return new Argv(words("delete"));
    }

    RouteWay weighing(int other) {
        return new RouteWay(prefix, gateway, device, other, source);
    }

    public String shown(boolean several) {
        return gateway + (device == null ? "" : " by " + device) + (several ? " weight " + weight : "");
    }
}
