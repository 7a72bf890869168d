package org.linkctl.modules.linux.hubhandover;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.modules.pairs.PairEnds;
import org.linkctl.modules.routes.RouteProgram;
import org.linkctl.net.Ip;

/**
 * A hub that both hosts of a pair have, with one key and one port.
 *
 * @param vips the shared addresses: {@code INTERFACE/ADDRESS} each; first that which is the hub's endpoint, where one is:
 *     a NAT before a spoke lets in what comes from there alone
 * @param called those by which it is called: it is up where these are
 * @param routes the program that sets its routes, which go with the interface; null: it has none
 * @param wire the interface on which the two hosts tell each other of sessions, with their addresses; null: they do not
 */
record SharedHub(
        String tunnel,
        int port,
        List<String> vips,
        List<String> called,
        @Nullable String routes,
        @Nullable Wire wire) {
    /** Between the two hosts of the pair. */
    record Wire(String device, PairEnds ends) {}

    SharedHub {
        vips = List.copyOf(vips);
        called = List.copyOf(called);
    }

    static List<SharedHub> all(Fabric fabric, Host host) {
        return fabric.hubs(host).stream()
                .filter(hub -> fabric.isHub(hub, host))
                .flatMap(hub -> of(fabric, host, hub).stream())
                .toList();
    }

    private static Optional<SharedHub> of(Fabric fabric, Host host, Hub hub) {
        List<String> vips = endpointFirst(words(fabric.of(Vip.class, host)), hub);
        if (fabric.hostsOf(hub.on()).size() < 2 || vips.isEmpty()) return Optional.empty();
        Wire wire = fabric.one(StateSync.class, host)
                .flatMap(sync -> PairEnds.on(fabric, host, sync.on(), false)
                        .or(() -> PairEnds.on(fabric, host, sync.on(), true))
                        .map(ends -> new Wire(sync.on(), ends)))
                .orElse(null);
        String routes = HubLans.all(fabric, host).stream()
                .filter(lans -> lans.hub().equals(hub))
                .map(lans -> RouteProgram.path(lans.label()))
                .findFirst()
                .orElse(null);
        return Optional.of(new SharedHub(hub.name(), hub.port(), vips, words(fabric.calledBy(hub)), routes, wire));
    }

    private static List<String> endpointFirst(List<String> vips, Hub hub) {
        String end = Ip.parse(hub.endpoint()).map(address -> "/" + address).orElse("");
        if (end.isEmpty()) return vips;
        return Stream.concat(
                        vips.stream().filter(vip -> vip.endsWith(end)),
                        vips.stream().filter(vip -> !vip.endsWith(end)))
                .toList();
    }

    private static List<String> words(List<Vip> vips) {
        return vips.stream()
                .flatMap(vip -> vip.addresses().stream().map(address -> vip.on() + "/" + address.address()))
                .toList();
    }
}
