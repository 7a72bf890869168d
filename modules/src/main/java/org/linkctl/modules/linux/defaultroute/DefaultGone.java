package org.linkctl.modules.linux.defaultroute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.defaultroute.DefaultRouteModule.Facts;
import org.linkctl.modules.linux.defaultroute.DefaultRouteModule.Want;
import org.linkctl.modules.linux.defaultroute.DefaultRouteModule.Wanted;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.net.Ip;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Refused;

/**
 * That a default route is no longer declared: the one that was there before is there again.
 *
 * @param gateway as last declared; null: nobody knows
 * @param found the one that was there at first; null: there was none
 */
record DefaultGone(
        boolean v6,
        @Nullable Ip gateway,
        String device,
        @Nullable Default found) implements Wanted {
    private static final String VIA = "via";
    private static final String DEVICE = "device";
    private static final String FOUND = "found";
    private static final String FOUND_DEVICE = "found-device";
    private static final String FOUND_PROTOCOL = "found-protocol";

    static Memory memory(Want want, Facts have, Optional<Memory> before) {
        Memory own = Memory.OWNED
                .with(VIA, want.gateway().text())
                .with(DEVICE, want.device().name());
        if (before.isPresent()) {
            Memory known = before.get();
            return own.with(FOUND, known.value(FOUND).orElse(null))
                    .with(FOUND_DEVICE, known.value(FOUND_DEVICE).orElse(null))
                    .with(FOUND_PROTOCOL, known.value(FOUND_PROTOCOL).orElse(null));
        }
        boolean ours = have.stack().ours().keySet().stream()
                .anyMatch(path -> have.stack().requireDevices("").isDefault(path, want.v6()));
        Default there = ours ? null : Default.inPlace(have.now(), want.v6()).orElse(null);
        Ip via = there == null ? null : there.via();
        if (there == null || via == null) return own;
        return own.with(FOUND, via.text()).with(FOUND_DEVICE, there.device()).with(FOUND_PROTOCOL, there.protocol());
    }

    static DefaultGone of(Owned owned) {
        Memory memory = owned.memory();
        Ip found = memory.value(FOUND).flatMap(Ip::parse).orElse(null);
        return new DefaultGone(
                owned.name().equals(Wanted.family(true)),
                memory.value(VIA).flatMap(Ip::parse).orElse(null),
                memory.value(DEVICE).orElse(""),
                found == null
                        ? null
                        : new Default(
                                found,
                                memory.value(FOUND_DEVICE).orElse(""),
                                IpRoute.defaultMetric(found.isV6()),
                                memory.value(FOUND_PROTOCOL).orElse("boot")));
    }

    /** Where the kernel has another one meanwhile, that is somebody else's. */
    List<Change> changes(Facts have) {
        List<Change> out = new ArrayList<>();
        Ip via = gateway;
        if (via != null && have.now().stream().anyMatch(one -> one.is(via, device, v6))) {
            String now = "via " + via + " dev " + device;
            if (found == null) {
                requireAnother(have, via);
                out.add(Change.state(subject(), now, null).cuts());
            } else if (!found.shown().equals(now)) out.add(Change.state(subject(), now, found.shown()));
        }
        have.stack().ours().forEach((path, text) -> {
            if (OurFiles.isOurs(text) && have.stack().requireDevices(subject()).isDefault(path, v6)) {
                out.add(Change.file(path, text, null));
            }
        });
        return out;
    }

    /** What linkctl's own session is answered by does not go without another one. */
    private void requireAnother(Facts have, Ip via) {
        Ip client = have.going().session().client().orElse(null);
        if (client == null || client.isV6() != v6) return;
        boolean another = have.going().hops().stream()
                .filter(hop -> hop.table().equals("main") && hop.prefix().contains(client))
                .anyMatch(hop -> hop.prefix().length() > 0
                        || !via.equals(hop.via())
                        || !hop.device().equals(device));
        // Of IPv6 the same neighbour may stand there with another metric, too.
        if (another || have.now().stream().anyMatch(one -> !one.is(via, device, v6))) return;
        throw new Refused("linkctl's own session from " + client + " is answered by the " + subject() + " via " + via
                + ", which is no longer declared, and nothing else leads there; declare another defaultGateway:, or log in"
                + " from a network that the host is on");
    }

    List<Step> steps(Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        Ip via = gateway;
        for (Change change : changes) {
            if (change.kind() != Change.Kind.STATE || via == null) continue;
            if (change.after() == null)
                out.add(Step.run(IpRoute.deleteDefault(via, device), IpRoute.replaceDefault(via, device)));
            else if (found != null)
                found.again().ifPresent(again -> out.add(Step.run(again, IpRoute.replaceDefault(via, device))));
        }
        // Of both families: what there is by now may be another one than before this run.
        DefaultRouteModule.write(device, have.routes().withoutDefault(false).withoutDefault(true), have, changes, out);
        return out;
    }
}
